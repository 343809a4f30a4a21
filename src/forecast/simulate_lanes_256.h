// SPDX-License-Identifier: EUPL-1.2
/* forecast/simulate_lanes.h in pairs of registers of 256 bits. */
#ifndef PEIL_FORECAST_SIMULATE_LANES_256_H
#define PEIL_FORECAST_SIMULATE_LANES_256_H

#define WIDE __attribute__((target("avx2,popcnt,bmi,bmi2")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

typedef struct {
    __m256i a, b;
} wide;
typedef struct {
    __m256 a, b;
} wide_f;

/* The lanes as a mask of registers, and back. */
static WIDE_INLINE wide wide_lanes(uint32_t lanes)
{
    const __m256i bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128), high = _mm256_slli_epi32(bit, 8);
    __m256i all = _mm256_set1_epi32((int)lanes);

    return (wide){ _mm256_cmpeq_epi32(_mm256_and_si256(all, bit), bit),
                   _mm256_cmpeq_epi32(_mm256_and_si256(all, high), high) };
}
static WIDE_INLINE uint32_t lanes_of(__m256i a, __m256i b)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(a)) |
           (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(b)) << 8;
}

/* ---- sixteen whole numbers of 32 bits ---- */

static WIDE_INLINE wide wide_load(const void *at)
{
    const __m256i *from = at;

    return (wide){ _mm256_loadu_si256(from), _mm256_loadu_si256(from + 1) };
}
static WIDE_INLINE void wide_store(void *at, wide v)
{
    __m256i *to = at;

    _mm256_storeu_si256(to, v.a);
    _mm256_storeu_si256(to + 1, v.b);
}
static WIDE_INLINE wide wide_load_8(const uint8_t *at)
{
    return (wide){ _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)at)),
                   _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)(at + 8))) };
}
static WIDE_INLINE wide wide_load_16(const uint16_t *at)
{
    return (wide){ _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)at)),
                   _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)(at + 8))) };
}
static WIDE_INLINE void wide_store_16(uint16_t *at, wide v)
{
    _mm256_storeu_si256((void *)at, _mm256_permute4x64_epi64(_mm256_packus_epi32(v.a, v.b), 0xd8));
}
static WIDE_INLINE wide wide_set(int64_t v)
{
    return (wide){ _mm256_set1_epi32((int)v), _mm256_set1_epi32((int)v) };
}
static WIDE_INLINE wide wide_count(void)
{
    return (wide){ _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7),
                   _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15) };
}
static WIDE_INLINE wide wide_add(wide a, wide b)
{
    return (wide){ _mm256_add_epi32(a.a, b.a), _mm256_add_epi32(a.b, b.b) };
}
static WIDE_INLINE wide wide_sub(wide a, wide b)
{
    return (wide){ _mm256_sub_epi32(a.a, b.a), _mm256_sub_epi32(a.b, b.b) };
}
static WIDE_INLINE wide wide_mul(wide a, wide b)
{
    return (wide){ _mm256_mullo_epi32(a.a, b.a), _mm256_mullo_epi32(a.b, b.b) };
}
static WIDE_INLINE wide wide_and(wide a, wide b)
{
    return (wide){ _mm256_and_si256(a.a, b.a), _mm256_and_si256(a.b, b.b) };
}
static WIDE_INLINE wide wide_or(wide a, wide b)
{
    return (wide){ _mm256_or_si256(a.a, b.a), _mm256_or_si256(a.b, b.b) };
}
static WIDE_INLINE wide wide_xor(wide a, wide b)
{
    return (wide){ _mm256_xor_si256(a.a, b.a), _mm256_xor_si256(a.b, b.b) };
}
static WIDE_INLINE wide wide_xor_3(wide a, wide b, wide c)
{
    return wide_xor(a, wide_xor(b, c));
}
static WIDE_INLINE wide wide_left(wide v, int n)
{
    return (wide){ _mm256_slli_epi32(v.a, n), _mm256_slli_epi32(v.b, n) };
}
static WIDE_INLINE wide wide_right(wide v, int n)
{
    return (wide){ _mm256_srli_epi32(v.a, n), _mm256_srli_epi32(v.b, n) };
}
static WIDE_INLINE wide wide_min(wide a, wide b)
{
    return (wide){ _mm256_min_epi32(a.a, b.a), _mm256_min_epi32(a.b, b.b) };
}
static WIDE_INLINE wide wide_max(wide a, wide b)
{
    return (wide){ _mm256_max_epi32(a.a, b.a), _mm256_max_epi32(a.b, b.b) };
}
static WIDE_INLINE wide wide_min_u(wide a, wide b)
{
    return (wide){ _mm256_min_epu32(a.a, b.a), _mm256_min_epu32(a.b, b.b) };
}
static WIDE_INLINE wide wide_max_u(wide a, wide b)
{
    return (wide){ _mm256_max_epu32(a.a, b.a), _mm256_max_epu32(a.b, b.b) };
}
static WIDE_INLINE wide wide_if(uint32_t lanes, wide yes, wide no)
{
    wide m = wide_lanes(lanes);

    return (wide){ _mm256_blendv_epi8(no.a, yes.a, m.a), _mm256_blendv_epi8(no.b, yes.b, m.b) };
}
static WIDE_INLINE wide wide_add_if(uint32_t lanes, wide a, wide b)
{
    wide m = wide_lanes(lanes);

    return (wide){ _mm256_add_epi32(a.a, _mm256_and_si256(m.a, b.a)),
                   _mm256_add_epi32(a.b, _mm256_and_si256(m.b, b.b)) };
}
static WIDE_INLINE uint32_t wide_gt(wide a, wide b)
{
    return lanes_of(_mm256_cmpgt_epi32(a.a, b.a), _mm256_cmpgt_epi32(a.b, b.b));
}
static WIDE_INLINE uint32_t wide_eq(wide a, wide b)
{
    return lanes_of(_mm256_cmpeq_epi32(a.a, b.a), _mm256_cmpeq_epi32(a.b, b.b));
}
static WIDE_INLINE uint32_t wide_ge_u(wide a, wide b)
{
    return lanes_of(_mm256_cmpeq_epi32(_mm256_max_epu32(a.a, b.a), a.a),
                    _mm256_cmpeq_epi32(_mm256_max_epu32(a.b, b.b), a.b));
}
static WIDE_INLINE uint32_t wide_gt_u(wide a, wide b)
{
    return ~wide_ge_u(b, a) & 0xffff;
}
static WIDE_INLINE uint32_t wide_some(wide v)
{
    return ~wide_eq(v, wide_set(0)) & 0xffff;
}
static WIDE_INLINE wide wide_gather(const void *table, wide i)
{
    return (wide){ _mm256_i32gather_epi32(table, i.a, 4), _mm256_i32gather_epi32(table, i.b, 4) };
}
static WIDE_INLINE void wide_gather_2(const uint32_t *table, wide i, wide *ret_one, wide *ret_two)
{
    *ret_one = wide_gather(table, i);
    *ret_two = wide_gather(table + 1, i);
}
static WIDE_INLINE void wide_scatter(uint32_t lanes, uint32_t *table, wide i, wide v)
{
    uint32_t at[16], of[16];

    wide_store(at, i);
    wide_store(of, v);
    for (; lanes != 0; lanes &= lanes - 1) {
        uint32_t k = _tzcnt_u32(lanes);
        table[at[k]] = of[k];
    }
}
static WIDE_INLINE wide wide_gather_16(const uint16_t *table, wide i)
{
    const __m256i low = _mm256_set1_epi32(0xffff);

    return (wide){ _mm256_and_si256(_mm256_i32gather_epi32((const void *)table, i.a, 2), low),
                   _mm256_and_si256(_mm256_i32gather_epi32((const void *)table, i.b, 2), low) };
}
static WIDE_INLINE wide wide_gather_8(const uint8_t *table, wide i)
{
    const __m256i low = _mm256_set1_epi32(0xff);

    return (wide){ _mm256_and_si256(_mm256_i32gather_epi32((const void *)table, i.a, 1), low),
                   _mm256_and_si256(_mm256_i32gather_epi32((const void *)table, i.b, 1), low) };
}
static WIDE_INLINE wide wide_pick_64(const void *table, wide i)
{
    const __m256i most = _mm256_set1_epi32(63);

    return wide_gather(table, (wide){ _mm256_and_si256(i.a, most), _mm256_and_si256(i.b, most) });
}

/* ---- sixteen numbers with a fraction ---- */

static WIDE_INLINE wide_f wide_f_load(const float *at)
{
    return (wide_f){ _mm256_loadu_ps(at), _mm256_loadu_ps(at + 8) };
}
static WIDE_INLINE void wide_f_store(float *at, wide_f v)
{
    _mm256_storeu_ps(at, v.a);
    _mm256_storeu_ps(at + 8, v.b);
}
static WIDE_INLINE wide_f wide_f_set(float v)
{
    return (wide_f){ _mm256_set1_ps(v), _mm256_set1_ps(v) };
}
static WIDE_INLINE wide_f wide_f_add(wide_f a, wide_f b)
{
    return (wide_f){ _mm256_add_ps(a.a, b.a), _mm256_add_ps(a.b, b.b) };
}
static WIDE_INLINE wide_f wide_f_sub(wide_f a, wide_f b)
{
    return (wide_f){ _mm256_sub_ps(a.a, b.a), _mm256_sub_ps(a.b, b.b) };
}
static WIDE_INLINE wide_f wide_f_mul(wide_f a, wide_f b)
{
    return (wide_f){ _mm256_mul_ps(a.a, b.a), _mm256_mul_ps(a.b, b.b) };
}
static WIDE_INLINE wide_f wide_f_bits(wide v)
{
    return (wide_f){ _mm256_castsi256_ps(v.a), _mm256_castsi256_ps(v.b) };
}
static WIDE_INLINE wide_f wide_f_if(uint32_t lanes, wide_f yes, wide_f no)
{
    wide_f m = wide_f_bits(wide_lanes(lanes));

    return (wide_f){ _mm256_blendv_ps(no.a, yes.a, m.a), _mm256_blendv_ps(no.b, yes.b, m.b) };
}
static WIDE_INLINE uint32_t wide_f_lt(wide_f a, wide_f b)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(a.a, b.a, _CMP_LT_OQ)) |
           (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(a.b, b.b, _CMP_LT_OQ)) << 8;
}
static WIDE_INLINE wide_f wide_f_gather(const float *table, wide i)
{
    return (wide_f){ _mm256_i32gather_ps(table, i.a, 4), _mm256_i32gather_ps(table, i.b, 4) };
}
static WIDE_INLINE wide wide_f_down(wide_f v)
{
    return (wide){ _mm256_cvttps_epi32(v.a), _mm256_cvttps_epi32(v.b) };
}
static WIDE_INLINE wide_f wide_f_of(wide v)
{
    return (wide_f){ _mm256_cvtepi32_ps(v.a), _mm256_cvtepi32_ps(v.b) };
}

/* ---- 64 whole numbers of 8 bits ---- */

static WIDE_INLINE wide bytes_set(uint8_t v)
{
    return (wide){ _mm256_set1_epi8((char)v), _mm256_set1_epi8((char)v) };
}
static WIDE_INLINE wide bytes_add(wide a, wide b)
{
    return (wide){ _mm256_add_epi8(a.a, b.a), _mm256_add_epi8(a.b, b.b) };
}
static WIDE_INLINE wide bytes_sub(wide a, wide b)
{
    return (wide){ _mm256_sub_epi8(a.a, b.a), _mm256_sub_epi8(a.b, b.b) };
}
static WIDE_INLINE wide bytes_max(wide a, wide b)
{
    return (wide){ _mm256_max_epu8(a.a, b.a), _mm256_max_epu8(a.b, b.b) };
}
static WIDE_INLINE uint64_t bytes_gt(wide v, uint8_t than)
{
    const __m256i n = _mm256_set1_epi8((char)than);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(v.a, n), n)),
             b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(v.b, n), n));

    return ~((uint64_t)b << 32 | a);
}
/* 32 lanes as bytes of ones. */
static WIDE_INLINE __m256i bytes_lanes(uint32_t lanes)
{
    const __m256i byte = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    __m256i all = _mm256_shuffle_epi8(_mm256_set1_epi32((int)lanes), byte);

    return _mm256_cmpeq_epi8(_mm256_and_si256(all, bit), bit);
}
static WIDE_INLINE wide bytes_rest(uint64_t lanes, wide a, wide b)
{
    return (wide){ _mm256_and_si256(bytes_lanes((uint32_t)lanes), _mm256_subs_epu8(a.a, b.a)),
                   _mm256_and_si256(bytes_lanes((uint32_t)(lanes >> 32)), _mm256_subs_epu8(a.b, b.b)) };
}
/* 32 of 32 bits, at most 255, in order. */
static WIDE_INLINE __m256i bytes_of_32(wide low, wide high)
{
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    __m256i a = _mm256_packus_epi32(low.a, low.b), b = _mm256_packus_epi32(high.a, high.b);

    return _mm256_permutevar8x32_epi32(_mm256_packus_epi16(a, b), order);
}
static WIDE_INLINE wide bytes_of(const wide v[4])
{
    return (wide){ bytes_of_32(v[0], v[1]), bytes_of_32(v[2], v[3]) };
}
static WIDE_INLINE void bytes_add_16(uint16_t *at, __m128i one, __m128i two)
{
    __m256i sum = _mm256_add_epi16(_mm256_cvtepu8_epi16(one), _mm256_cvtepu8_epi16(two));

    _mm256_storeu_si256((void *)at, _mm256_add_epi16(_mm256_loadu_si256((const void *)at), sum));
}
static WIDE_INLINE void bytes_add_to(uint16_t *at, wide one, wide two)
{
    bytes_add_16(at, _mm256_castsi256_si128(one.a), _mm256_castsi256_si128(two.a));
    bytes_add_16(at + 16, _mm256_extracti128_si256(one.a, 1), _mm256_extracti128_si256(two.a, 1));
    bytes_add_16(at + 32, _mm256_castsi256_si128(one.b), _mm256_castsi256_si128(two.b));
    bytes_add_16(at + 48, _mm256_extracti128_si256(one.b, 1), _mm256_extracti128_si256(two.b, 1));
}

/* The numbers of these lanes, one after the other; 64 bytes are written. */
static WIDE_INLINE void bytes_put(uint8_t *at, uint64_t lanes)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t count = 0x0706050403020100;

    wide_store(at, wide_set(0));
    for (; lanes != 0; lanes >>= 8, count += 8 * ones) {
        uint64_t some = _pext_u64(count, _pdep_u64(lanes, ones) * 0xff);
        memcpy(at, &some, sizeof some);
        at += _mm_popcnt_u32((uint32_t)lanes & 0xff);
    }
}

#endif

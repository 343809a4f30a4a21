// SPDX-License-Identifier: EUPL-1.2
/* forecast/simulate_lanes.h in registers of 512 bits. */
#ifndef PEIL_FORECAST_SIMULATE_LANES_512_H
#define PEIL_FORECAST_SIMULATE_LANES_512_H

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi2,popcnt,bmi,bmi2")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

typedef __m512i wide;
typedef __m512 wide_f;

/* ---- sixteen whole numbers of 32 bits ---- */

static WIDE_INLINE wide wide_load(const void *at)
{
    return _mm512_loadu_si512(at);
}
static WIDE_INLINE void wide_store(void *at, wide v)
{
    _mm512_storeu_si512(at, v);
}
static WIDE_INLINE wide wide_load_8(const uint8_t *at)
{
    return _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)at));
}
static WIDE_INLINE wide wide_load_16(const uint16_t *at)
{
    return _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)at));
}
static WIDE_INLINE void wide_store_16(uint16_t *at, wide v)
{
    _mm256_storeu_si256((void *)at, _mm512_cvtepi32_epi16(v));
}
static WIDE_INLINE wide wide_set(int64_t v)
{
    return _mm512_set1_epi32((int)v);
}
static WIDE_INLINE wide wide_count(void)
{
    return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
static WIDE_INLINE wide wide_add(wide a, wide b)
{
    return _mm512_add_epi32(a, b);
}
static WIDE_INLINE wide wide_sub(wide a, wide b)
{
    return _mm512_sub_epi32(a, b);
}
static WIDE_INLINE wide wide_mul(wide a, wide b)
{
    return _mm512_mullo_epi32(a, b);
}
static WIDE_INLINE wide wide_and(wide a, wide b)
{
    return _mm512_and_si512(a, b);
}
static WIDE_INLINE wide wide_or(wide a, wide b)
{
    return _mm512_or_si512(a, b);
}
static WIDE_INLINE wide wide_xor(wide a, wide b)
{
    return _mm512_xor_si512(a, b);
}
static WIDE_INLINE wide wide_xor_3(wide a, wide b, wide c)
{
    return _mm512_ternarylogic_epi32(a, b, c, 0x96);
}
static WIDE_INLINE wide wide_left(wide v, unsigned n)
{
    return _mm512_slli_epi32(v, n);
}
static WIDE_INLINE wide wide_right(wide v, unsigned n)
{
    return _mm512_srli_epi32(v, n);
}
static WIDE_INLINE wide wide_min(wide a, wide b)
{
    return _mm512_min_epi32(a, b);
}
static WIDE_INLINE wide wide_max(wide a, wide b)
{
    return _mm512_max_epi32(a, b);
}
static WIDE_INLINE wide wide_min_u(wide a, wide b)
{
    return _mm512_min_epu32(a, b);
}
static WIDE_INLINE wide wide_max_u(wide a, wide b)
{
    return _mm512_max_epu32(a, b);
}
static WIDE_INLINE wide wide_if(uint32_t lanes, wide yes, wide no)
{
    return _mm512_mask_mov_epi32(no, (__mmask16)lanes, yes);
}
static WIDE_INLINE wide wide_add_if(uint32_t lanes, wide a, wide b)
{
    return _mm512_mask_add_epi32(a, (__mmask16)lanes, a, b);
}
static WIDE_INLINE uint32_t wide_gt(wide a, wide b)
{
    return _cvtmask16_u32(_mm512_cmpgt_epi32_mask(a, b));
}
static WIDE_INLINE uint32_t wide_eq(wide a, wide b)
{
    return _cvtmask16_u32(_mm512_cmpeq_epi32_mask(a, b));
}
static WIDE_INLINE uint32_t wide_gt_u(wide a, wide b)
{
    return _cvtmask16_u32(_mm512_cmpgt_epu32_mask(a, b));
}
static WIDE_INLINE uint32_t wide_ge_u(wide a, wide b)
{
    return _cvtmask16_u32(_mm512_cmpge_epu32_mask(a, b));
}
static WIDE_INLINE uint32_t wide_some(wide v)
{
    return _cvtmask16_u32(_mm512_test_epi32_mask(v, v));
}
static WIDE_INLINE wide wide_gather(const void *table, wide i)
{
    return _mm512_i32gather_epi32(i, table, 4);
}
static WIDE_INLINE void wide_gather_2(const uint32_t *table, wide i, wide *ret_one, wide *ret_two)
{
    const wide even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    wide low = _mm512_i32gather_epi64(_mm512_castsi512_si256(i), (const void *)table, 4);
    wide high = _mm512_i32gather_epi64(_mm512_extracti64x4_epi64(i, 1), (const void *)table, 4);

    *ret_one = _mm512_permutex2var_epi32(low, even, high);
    *ret_two = _mm512_permutex2var_epi32(low, _mm512_add_epi32(even, _mm512_set1_epi32(1)), high);
}
static WIDE_INLINE void wide_scatter(uint32_t lanes, uint32_t *table, wide i, wide v)
{
    _mm512_mask_i32scatter_epi32(table, (__mmask16)lanes, i, v, 4);
}
static WIDE_INLINE wide wide_gather_16(const uint16_t *table, wide i)
{
    return _mm512_and_si512(_mm512_i32gather_epi32(i, (const void *)table, 2), _mm512_set1_epi32(0xffff));
}
static WIDE_INLINE wide wide_gather_8(const uint8_t *table, wide i)
{
    return _mm512_and_si512(_mm512_i32gather_epi32(i, (const void *)table, 1), _mm512_set1_epi32(0xff));
}
static WIDE_INLINE wide wide_pick_64(const void *table, wide i)
{
    const uint32_t *at = table;
    wide low = _mm512_permutex2var_epi32(wide_load(at), i, wide_load(at + 16));
    wide high = _mm512_permutex2var_epi32(wide_load(at + 32), i, wide_load(at + 48));

    return _mm512_mask_blend_epi32(_mm512_test_epi32_mask(i, _mm512_set1_epi32(32)), low, high);
}

/* ---- sixteen numbers with a fraction ---- */

static WIDE_INLINE wide_f wide_f_load(const float *at)
{
    return _mm512_loadu_ps(at);
}
static WIDE_INLINE void wide_f_store(float *at, wide_f v)
{
    _mm512_storeu_ps(at, v);
}
static WIDE_INLINE wide_f wide_f_set(float v)
{
    return _mm512_set1_ps(v);
}
static WIDE_INLINE wide_f wide_f_add(wide_f a, wide_f b)
{
    return _mm512_add_ps(a, b);
}
static WIDE_INLINE wide_f wide_f_sub(wide_f a, wide_f b)
{
    return _mm512_sub_ps(a, b);
}
static WIDE_INLINE wide_f wide_f_mul(wide_f a, wide_f b)
{
    return _mm512_mul_ps(a, b);
}
static WIDE_INLINE wide_f wide_f_if(uint32_t lanes, wide_f yes, wide_f no)
{
    return _mm512_mask_mov_ps(no, (__mmask16)lanes, yes);
}
static WIDE_INLINE uint32_t wide_f_lt(wide_f a, wide_f b)
{
    return _cvtmask16_u32(_mm512_cmp_ps_mask(a, b, _CMP_LT_OQ));
}
static WIDE_INLINE wide_f wide_f_gather(const float *table, wide i)
{
    return _mm512_i32gather_ps(i, table, 4);
}
static WIDE_INLINE wide wide_f_down(wide_f v)
{
    return _mm512_cvttps_epi32(v);
}
static WIDE_INLINE wide_f wide_f_of(wide v)
{
    return _mm512_cvtepi32_ps(v);
}
static WIDE_INLINE wide_f wide_f_bits(wide v)
{
    return _mm512_castsi512_ps(v);
}

/* ---- 64 whole numbers of 8 bits ---- */

static WIDE_INLINE wide bytes_set(uint8_t v)
{
    return _mm512_set1_epi8((char)v);
}
static WIDE_INLINE wide bytes_add(wide a, wide b)
{
    return _mm512_add_epi8(a, b);
}
static WIDE_INLINE wide bytes_sub(wide a, wide b)
{
    return _mm512_sub_epi8(a, b);
}
static WIDE_INLINE wide bytes_max(wide a, wide b)
{
    return _mm512_max_epu8(a, b);
}
static WIDE_INLINE uint64_t bytes_gt(wide v, uint8_t than)
{
    return _mm512_cmpgt_epu8_mask(v, bytes_set(than));
}
static WIDE_INLINE wide bytes_rest(uint64_t lanes, wide a, wide b)
{
    return _mm512_maskz_subs_epu8(lanes, a, b);
}
static WIDE_INLINE wide bytes_of(const wide v[4])
{
    wide all = _mm512_castsi128_si512(_mm512_cvtepi32_epi8(v[0]));

    all = _mm512_inserti32x4(all, _mm512_cvtepi32_epi8(v[1]), 1);
    all = _mm512_inserti32x4(all, _mm512_cvtepi32_epi8(v[2]), 2);
    return _mm512_inserti32x4(all, _mm512_cvtepi32_epi8(v[3]), 3);
}
static WIDE_INLINE void bytes_add_to(uint16_t *at, wide one, wide two)
{
    wide low = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(one)),
                                _mm512_cvtepu8_epi16(_mm512_castsi512_si256(two)));
    wide high = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(one, 1)),
                                 _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(two, 1)));

    wide_store(at, _mm512_add_epi16(wide_load(at), low));
    wide_store(at + 32, _mm512_add_epi16(wide_load(at + 32), high));
}

/* The numbers of these lanes, one after the other. */
static WIDE_INLINE void bytes_put(uint8_t *at, uint64_t lanes)
{
    const wide count =
        _mm512_set_epi64(0x3f3e3d3c3b3a3938, 0x3736353433323130, 0x2f2e2d2c2b2a2928, 0x2726252423222120,
                         0x1f1e1d1c1b1a1918, 0x1716151413121110, 0x0f0e0d0c0b0a0908, 0x0706050403020100);

    wide_store(at, _mm512_maskz_compress_epi8(lanes, count));
}

#endif

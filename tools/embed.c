// SPDX-License-Identifier: EUPL-1.2
/* Writes files as C arrays for src/web/asset.h.
 *     embed src/web/static/peil.css ... > assets.c
 * A style sheet that names another file of the same call, url("icon.svg"), gets its fingerprinted name. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_FILE (16u << 20)

struct file {
    const char *path, *name, *dot; /* dot: where the extension begins */
    const char *mime;
    unsigned char *bytes, *gz;
    size_t len, gz_len;
    uint64_t hash;
};

static const struct {
    const char *extension, *mime;
} types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".woff2", "font/woff2" },
    { ".ico", "image/x-icon" },
    { ".png", "image/png" },
};

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "embed: out of memory\n");
        exit(1);
    }
    return p;
}

__attribute__((noreturn)) static void fail(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static bool is_css(const struct file *f)
{
    return strcmp(f->dot, ".css") == 0;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo): tells versions apart, protects nothing. */
static uint64_t hash(const unsigned char *bytes, size_t len)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ bytes[i]) * 1099511628211u;
    return h;
}

static void load(struct file *f, const char *path)
{
    FILE *in = fopen(path, "rb");
    const char *slash = strrchr(path, '/');

    f->path = path;
    f->name = slash != NULL ? slash + 1 : path;
    f->dot = strrchr(f->name, '.');
    for (size_t i = 0; f->dot != NULL && i < COUNT(types); i++)
        if (strcmp(f->dot, types[i].extension) == 0)
            f->mime = types[i].mime;
    if (f->mime == NULL)
        fail(path, "this kind of file cannot be embedded (css js svg woff2 ico png)");
    if (strspn(f->name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != strlen(f->name))
        fail(path, "a name holds small letters, digits, - _ and .");
    f->bytes = must(malloc(MAX_FILE));
    if (in == NULL)
        fail(path, "cannot be read");
    f->len = fread(f->bytes, 1, MAX_FILE, in);
    if (ferror(in) || f->len == MAX_FILE)
        fail(path, "cannot be read or is too large");
    if (f->len == 0)
        fail(path, "is empty");
    fclose(in);
    f->hash = hash(f->bytes, f->len);
}

/* url(name) or url("name") at this place of a style sheet: the file it means, and where the name ends. */
static const struct file *named_at(const char *css, const struct file *all, int n, const char **ret_name)
{
    const char *name = css + 4;
    name += *name == '"' || *name == '\'';
    *ret_name = name;
    for (int i = 0; i < n; i++) {
        size_t len = strlen(all[i].name);
        if (strncmp(name, all[i].name, len) == 0 && strchr("\"')", name[len]) != NULL)
            return &all[i];
    }
    return NULL;
}

static void fingerprint_urls(struct file *f, const struct file *all, int n)
{
    char *css = must(calloc(f->len + 1, 1)), *out = NULL;
    const char *from = css;
    size_t len = 0;
    FILE *to = must(open_memstream(&out, &len));

    memcpy(css, f->bytes, f->len);
    for (const char *p = css; (p = strstr(p, "url(")) != NULL; p += 4) {
        const char *name;
        const struct file *other = named_at(p, all, n, &name);
        if (other == NULL)
            continue;
        if (is_css(other))
            fail(f->path, "a style sheet cannot name another style sheet");
        fprintf(to, "%.*s%.*s.%08x%s", (int)(name - from), from, (int)(other->dot - other->name), other->name,
                (unsigned)(other->hash >> 32), other->dot);
        from = name + strlen(other->name);
    }
    fputs(from, to);
    fclose(to);
    free(css);
    free(f->bytes);
    f->bytes = (unsigned char *)out;
    f->len = len;
    f->hash = hash(f->bytes, f->len);
}

/* Keeps the gzip form where it saves a twentieth or more. */
static void compress_file(struct file *f)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        fail(f->path, "zlib does not start");
    uLong bound = deflateBound(&z, (uLong)f->len);
    f->gz = must(malloc(bound));
    z.next_in = f->bytes;
    z.avail_in = (uInt)f->len;
    z.next_out = f->gz;
    z.avail_out = (uInt)bound;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        fail(f->path, "cannot be compressed");
    f->gz_len = z.total_out;
    deflateEnd(&z);
    if (f->gz_len > f->len - f->len / 20) {
        free(f->gz);
        f->gz = NULL;
        f->gz_len = 0;
    }
}

static void write_bytes(const char *prefix, int i, const unsigned char *bytes, size_t len)
{
    printf("static const unsigned char %s%d[] = {", prefix, i);
    for (size_t j = 0; j < len; j++)
        printf("%s%u,", j % 32 == 0 ? "\n" : "", bytes[j]);
    printf("\n};\n");
}

int main(int argc, char **argv)
{
    int n = argc - 1;
    struct file *all = must(calloc((size_t)argc, sizeof *all));

    for (int i = 0; i < n; i++) {
        load(&all[i], argv[i + 1]);
        for (int j = 0; j < i; j++)
            if (strcmp(all[i].name, all[j].name) == 0)
                fail(all[i].path, "this name is embedded twice");
    }
    printf("// SPDX-License-Identifier: EUPL-1.2\n/* Made by embed from src/web/static. */\n#include "
           "\"web/asset.h\"\n");
    for (int i = 0; i < n; i++) {
        if (is_css(&all[i]))
            fingerprint_urls(&all[i], all, n);
        compress_file(&all[i]);
        write_bytes("bytes", i, all[i].bytes, all[i].len);
        if (all[i].gz != NULL)
            write_bytes("gz", i, all[i].gz, all[i].gz_len);
    }
    printf("const struct asset assets[] = {\n");
    for (int i = 0; i < n; i++) {
        const struct file *f = &all[i];
        printf("    { .name = \"%s\", .url = ASSET_PATH \"%.*s.%08x%s\", .mime = \"%s\", .etag = "
               "\"\\\"%016llx\\\"\",\n",
               f->name, (int)(f->dot - f->name), f->name, (unsigned)(f->hash >> 32), f->dot, f->mime,
               (unsigned long long)f->hash);
        printf("      .bytes = bytes%d, .len = %zu", i, f->len);
        if (f->gz != NULL)
            printf(", .gz = gz%d, .gz_len = %zu", i, f->gz_len);
        printf(" },\n");
    }
    printf("    { .name = NULL },\n};\n");
    return fflush(stdout) == 0 ? 0 : 1;
}

// SPDX-License-Identifier: EUPL-1.2
/* Checks what a compiler does not: the rules of docs/style.md that can be read from the text.
 *     checksrc tools/exceptions.txt FILE...
 * Exceptions are lines `rule path [name] -- reason`; one that is not needed any more is a fault as well. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_WIDTH 120
#define MAX_FILE_LINES 600
#define MAX_FUNCTION_LINES 80
#define MAX_EXCEPTIONS 300
#define MAX_CALLS 64

struct exception {
    char rule[16], path[120], name[64];
    int line;
    bool used;
};

struct file {
    const char *path;
    char *text, *code; /* code: comments and the inside of literals are blanks */
    size_t len;
    bool is_c, in_src;
};

static struct exception exceptions[MAX_EXCEPTIONS];
static int n_exceptions, faults;

static const char banned[] = "strcpy strcat stpcpy strtok atoi atol atoll atof strtod strtof strtold sprintf "
                             "vsprintf gets system alloca setlocale";
static const char memory[] = "malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf goto";
static const char printers[] = "printf fprintf snprintf dprintf asprintf FAIL FAIL_FIELD log_line err_set";

static bool listed(const char *list, const char *name, size_t n)
{
    for (const char *s = list; *s != '\0'; s += strcspn(s, " "), s += *s == ' ')
        if (strcspn(s, " ") == n && strncmp(s, name, n) == 0)
            return true;
    return false;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static bool under(const struct file *f, const char *folder)
{
    return strncmp(f->path, folder, strlen(folder)) == 0;
}

static bool is_excepted(const char *rule, const char *path, const char *name)
{
    for (int i = 0; i < n_exceptions; i++) {
        struct exception *e = &exceptions[i];
        if (strcmp(e->rule, rule) == 0 && strcmp(e->path, path) == 0 &&
            (e->name[0] == '\0' || strcmp(e->name, name) == 0)) {
            e->used = true;
            return true;
        }
    }
    return false;
}

__attribute__((format(printf, 5, 6))) static void fault(const struct file *f, int line, const char *rule,
                                                        const char *name, const char *format, ...)
{
    va_list ap;
    if (is_excepted(rule, f->path, name))
        return;
    fprintf(stderr, "%s:%d: %s: ", f->path, line, rule);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    faults++;
}

/* ---- lines ---- */

static bool has_word(const char *line, size_t n, const char *word)
{
    size_t m = strlen(word);
    for (size_t i = 0; i + m <= n; i++)
        if (strncmp(line + i, word, m) == 0 && (i == 0 || !isalnum((unsigned char)line[i - 1])) &&
            (i + m == n || !isalnum((unsigned char)line[i + m])))
            return true;
    return false;
}

static void check_line(const struct file *f, int line, const char *s, size_t n)
{
    bool is_make = ends_with(f->path, "Makefile") || ends_with(f->path, ".mk");
    bool narrow = f->is_c; /* templates hold pictures, statements hold heads */
    size_t width = 0;

    for (size_t i = 0; i < n; i++)
        width += (s[i] & 0xC0) != 0x80;
    if (width > MAX_WIDTH && narrow)
        fault(f, line, "width", "", "%zu characters; %d is the limit", width, MAX_WIDTH);
    if (memchr(s, '\t', n) != NULL && !is_make)
        fault(f, line, "tab", "", "indent with blanks");
    if (n > 0 && isspace((unsigned char)s[n - 1]))
        fault(f, line, "blank", "", "blanks at the end of the line");
    if (has_word(s, n,
                 "TO"
                 "DO") ||
        has_word(s, n,
                 "FIX"
                 "ME") ||
        has_word(s, n,
                 "XX"
                 "X"))
        fault(f, line, "todo", "", "finish it, or write it in the tracker");
}

static void check_lines(const struct file *f)
{
    static const char spdx[] = "SPDX-License-Identifier: EUPL-1.2";
    int line = 0;
    bool licensed = false;

    for (const char *s = f->text; *s != '\0'; s += *s == '\n') {
        size_t n = strcspn(s, "\n");
        check_line(f, ++line, s, n);
        if (line == 1 || (line == 2 && strncmp(f->text, "#!", 2) == 0))
            licensed |= memmem(s, n, spdx, strlen(spdx)) != NULL;
        s += n;
    }
    if (!licensed)
        fault(f, 1, "spdx", "", "the first line is %s", spdx);
    if (line > MAX_FILE_LINES)
        fault(f, line, "length", "", "%d lines; %d is the limit", line, MAX_FILE_LINES);
    if (f->len > 0 && f->text[f->len - 1] != '\n')
        fault(f, line, "blank", "", "the last line has no end");
}

/* ---- C ---- */

/* Where the literal or comment at p ends. */
static char *end_of(char *p)
{
    if (*p == '/') {
        char *end = p[1] == '/' ? strchr(p, '\n') : strstr(p + 2, "*/");
        return end == NULL ? p + strlen(p) : end + (p[1] == '/' ? 0 : 2);
    }
    char quote = *p++;
    while (*p != '\0' && *p != quote && *p != '\n')
        p += p[0] == '\\' && p[1] != '\0' ? 2 : 1;
    return *p == quote ? p + 1 : p;
}

static void blank_out(struct file *f)
{
    f->code = strdup(f->text);
    for (char *p = f->code; *p != '\0'; p++) {
        bool comment = p[0] == '/' && (p[1] == '/' || p[1] == '*');
        if (!comment && *p != '"' && *p != '\'')
            continue;
        char *end = end_of(p);
        for (char *q = comment ? p : p + 1; q < (comment ? end : end - 1); q++)
            *q = *q == '\n' ? '\n' : ' ';
        p = end - 1;
    }
}

static bool is_word(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_';
}

static const char *skip_blank(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

static const char *skip_brackets(const char *p, char open, char close)
{
    int depth = 0;
    for (; *p != '\0'; p++) {
        depth += (*p == open) - (*p == close);
        if (depth == 0)
            return p + 1;
    }
    return p;
}

/* A variable that keeps its value between calls and is not constant. `p` stands behind the word static. */
static void check_static(const struct file *f, int line, const char *p)
{
    bool is_const = false;
    const char *name = "";
    size_t n = 0;

    for (p = skip_blank(p); *p != '\0' && *p != ';' && *p != '=' && *p != '['; p = skip_blank(p)) {
        if (*p == '(')
            return; /* a function */
        if (*p == '{') {
            p = skip_brackets(p, '{', '}');
        } else if (*p == '*') {
            is_const = false;
            p++;
        } else if (is_word(*p)) {
            size_t len = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
            if (len == 13 && strncmp(p, "__attribute__", len) == 0) {
                p = skip_brackets(skip_blank(p + len), '(', ')');
                continue;
            }
            if (len == 5 && strncmp(p, "const", len) == 0) {
                is_const = true;
            } else {
                name = p;
                n = len;
            }
            p += len;
        } else {
            p++;
        }
    }
    if (!is_const) {
        char *var = strndup(name, n);
        fault(f, line, "static", var, "%s keeps a value between calls: put it in a struct that is handed on",
              var);
        free(var);
    }
}

static void check_word(const struct file *f, int line, const char *p, size_t n)
{
    bool is_call = *skip_blank(p + n) == '(';
    char *name = strndup(p, n);
    bool locale_in_main = strcmp(name, "setlocale") == 0 && strcmp(f->path, "src/main.c") == 0;

    if (is_call && listed(banned, p, n) && !locale_in_main)
        fault(f, line, "banned", name, "%s is not used here (docs/style.md, rule 27)", name);
    if (f->in_src && !under(f, "src/base/") && !under(f, "src/store/") && listed(memory, p, n) &&
        (is_call || strcmp(name, "goto") == 0))
        fault(f, line, "memory", name, "%s belongs in base and store; use the arena or a buf", name);
    if (f->in_src && strcmp(name, "static") == 0)
        check_static(f, line, p + n);
    free(name);
}

static bool has_float(const char *s, const char *end)
{
    for (; s < end; s++) {
        if (*s != '%')
            continue;
        s++;
        s += strspn(s, "-+ #0123456789.*lL");
        if (s < end && strchr("eEfFgGaA", *s) != NULL)
            return true;
    }
    return false;
}

static void check_literal(const struct file *f, int line, const char *s, const char *end, const char *call)
{
    static const char *const sql[] = { "SELECT ",     "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ",
                                       "ALTER TABLE", "DROP TABLE",   "PRAGMA " };
    for (size_t i = 0; i < COUNT(sql); i++)
        if (f->in_src && memmem(s, (size_t)(end - s), sql[i], strlen(sql[i])) != NULL)
            fault(f, line, "sql", "", "SQL stands in src/store/sql");
    if (f->in_src && memmem(s, (size_t)(end - s), "UPDATE ", 7) != NULL &&
        memmem(s, (size_t)(end - s), " SET ", 5))
        fault(f, line, "sql", "", "SQL stands in src/store/sql");
    if (f->in_src && !under(f, "src/base/") && call != NULL && has_float(s, end) &&
        listed(printers, call, strspn(call, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")))
        fault(f, line, "float", "", "a number through the locale: use buf_fixed, buf_number or buf_printf");
}

/* Words, literals and the calls that they are in. */
static void check_code(struct file *f)
{
    const char *calls[MAX_CALLS] = { NULL }, *word = NULL;
    int depth = 0, line = 1;

    for (const char *p = f->code; *p != '\0'; p++) {
        if (*p == '\n') {
            line++;
        } else if (is_word(*p)) {
            size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
            check_word(f, line, p, n);
            word = p;
            p += n - 1;
        } else if (*p == '"') {
            const char *s = f->text + (p - f->code) + 1;
            p = strchr(p + 1, '"');
            if (p == NULL)
                return;
            int call = depth - 1;
            if (call > 0 && calls[call] != NULL && strncmp(calls[call], "_(", 2) == 0)
                call--; /* the translation of a format */
            check_literal(f, line, s, f->text + (p - f->code), call >= 0 ? calls[call] : NULL);
        } else if (*p == '(' && depth < MAX_CALLS) {
            calls[depth++] = word;
            word = NULL;
        } else if (*p == ')' && depth > 0) {
            depth--;
        } else if (*p == ';' || *p == '{' || *p == '}') {
            depth = depth > 0 && *p == ';' ? depth : 0;
        } else if (!isspace((unsigned char)*p)) {
            word = NULL;
        }
    }
}

/* The layout is that of clang-format: a function begins and ends with a brace in the first column. */
static void check_functions(const struct file *f)
{
    int line = 1, start = 0;
    char name[64] = "";

    for (const char *s = f->code; *s != '\0'; s += *s == '\n', line++) {
        size_t n = strcspn(s, "\n");
        const char *bracket = memchr(s, '(', n);
        if (n > 0 && (isalpha((unsigned char)s[0]) || s[0] == '_') && bracket != NULL) {
            const char *end = bracket;
            while (end > s && is_word(end[-1]))
                end--;
            snprintf(name, sizeof name, "%.*s", (int)(bracket - end), end);
        }
        if (n == 1 && *s == '{')
            start = line;
        if (n == 1 && *s == '}' && start > 0) {
            if (line - start + 1 > MAX_FUNCTION_LINES)
                fault(f, start, "function", name, "%s has %d lines; %d is the limit", name, line - start + 1,
                      MAX_FUNCTION_LINES);
            start = 0;
        }
        s += n;
    }
}

/* ---- files ---- */

static void check_file(const char *path)
{
    struct file f = { .path = path, .is_c = ends_with(path, ".c") || ends_with(path, ".h") };
    FILE *in = fopen(path, "rb");
    size_t cap = 8u << 20;

    f.in_src = f.is_c && under(&f, "src/");
    f.text = calloc(cap, 1);
    if (in == NULL || f.text == NULL) {
        perror(path);
        exit(1);
    }
    f.len = fread(f.text, 1, cap - 1, in);
    fclose(in);
    if (strlen(f.text) != f.len)
        fault(&f, 1, "blank", "", "the file holds a NUL byte");
    check_lines(&f);
    if (f.is_c) {
        blank_out(&f);
        check_code(&f);
        check_functions(&f);
        free(f.code);
    }
    free(f.text);
}

static void load_exceptions(const char *path)
{
    FILE *in = fopen(path, "r");
    char line[500];

    if (in == NULL) {
        perror(path);
        exit(1);
    }
    for (int n = 1; fgets(line, sizeof line, in) != NULL; n++) {
        struct exception e = { .line = n };
        char *reason = strstr(line, " -- ");
        if (line[0] == '#' || line[0] == '\n')
            continue;
        if (reason != NULL)
            *reason = '\0';
        if (reason == NULL || strlen(reason + 4) < 10 || n_exceptions == MAX_EXCEPTIONS ||
            sscanf(line, "%15s %119s %63s", e.rule, e.path, e.name) < 2) {
            fprintf(stderr, "%s:%d: write: rule path [name] -- reason\n", path, n);
            faults++;
            continue;
        }
        exceptions[n_exceptions++] = e;
    }
    fclose(in);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: checksrc exceptions.txt FILE...\n");
        return 2;
    }
    load_exceptions(argv[1]);
    for (int i = 2; i < argc; i++)
        check_file(argv[i]);
    for (int i = 0; i < n_exceptions; i++)
        if (!exceptions[i].used) {
            fprintf(stderr, "%s:%d: the exception %s %s is not needed any more\n", argv[1],
                    exceptions[i].line, exceptions[i].rule, exceptions[i].path);
            faults++;
        }
    if (faults > 0)
        fprintf(stderr, "checksrc: %d faults\n", faults);
    return faults > 0;
}

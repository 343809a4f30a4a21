// SPDX-License-Identifier: EUPL-1.2
/* Checks the direction of the includes (docs/style.md, rule 1).
 *     layers src/base/arena.c src/base/arena.h ...         all sources and headers of src
 * Reports as file:line what goes against the direction, who reaches the generated SQL without right, and
 * cycles. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAX_FILES 2000
#define MAX_INCLUDES 120

/* Which folders a folder may include, besides itself. */
static const struct layer {
    const char *name, *may;
} layers[] = {
    { "base", "" },
    { "measure", "base" },
    { "forecast", "base" },
    { "store", "base" },
    { "register", "base store measure forecast" },
    { "account", "base store register measure forecast" },
    { "exchange", "base register measure store/sql.h" },
    { "web", "base store register measure forecast account exchange" },
    { "cli", "base store register measure forecast account exchange web" },
    { "main.c", "base cli" },
};

/* Libraries that belong to one layer. */
static const struct {
    const char *header, *layer;
} libraries[] = {
    { "sqlite3.h", "store" },
    { "libpq-fe.h", "store" },
    { "microhttpd.h", "web" },
    { "xlsxwriter.h", "exchange" },
};

static const char *const generated[] = { "store/sql.h", "web/tpl.h" };
static const char sql[] = "store/sql.h"; /* never for web or cli, on no way */

struct include {
    struct file *to; /* NULL: generated */
    const char *name;
    int line;
};

enum mark { NEW, OPEN, DONE };
struct file {
    char *path, *name; /* src/base/buf.h, base/buf.h */
    const struct layer *layer;
    struct include include[MAX_INCLUDES];
    int n;
    enum mark mark;
    bool asked; /* whether it reaches the generated SQL */
    const struct include *way;
};

static struct file file[MAX_FILES];
static int files, faults;

static void fault(const struct file *f, int line, const char *what, const char *name, const char *rule)
{
    fprintf(stderr, "%s:%d: %s %s: %s\n", f->path, line, what, name, rule);
    faults++;
}

static bool listed(const char *list, const char *name, size_t n)
{
    for (const char *s = list; *s != '\0'; s += strcspn(s, " "), s += *s == ' ')
        if (strcspn(s, " ") == n && strncmp(s, name, n) == 0)
            return true;
    return false;
}

static const struct layer *layer_of(const char *name)
{
    size_t n = strcspn(name, "/");
    for (size_t i = 0; i < COUNT(layers); i++)
        if (strlen(layers[i].name) == n && strncmp(layers[i].name, name, n) == 0)
            return &layers[i];
    return NULL;
}

static struct file *find(const char *name)
{
    for (int i = 0; i < files; i++)
        if (strcmp(file[i].name, name) == 0)
            return &file[i];
    return NULL;
}

static bool is_generated(const char *name)
{
    for (size_t i = 0; i < COUNT(generated); i++)
        if (strcmp(generated[i], name) == 0)
            return true;
    return false;
}

/* The rule that was broken, in words. */
static const char *rule_of(const struct file *f)
{
    static char text[300];
    snprintf(text, sizeof text, "rule 1: %s includes %s", f->layer->name,
             f->layer->may[0] != '\0' ? f->layer->may : "nothing but itself");
    return text;
}

static void check_include(struct file *f, int line, char *name)
{
    size_t folder = strcspn(name, "/");

    if (name[folder] == '\0') {
        fault(f, line, "include", name, "write the folder too, \"layer/file.h\"");
        return;
    }
    struct file *to = find(name);
    if (to == NULL && !is_generated(name)) {
        fault(f, line, "include", name, "there is no such header in src");
        return;
    }
    if (f->n == MAX_INCLUDES) {
        fault(f, line, "include", name, "too many includes");
        return;
    }
    f->include[f->n++] = (struct include){ .to = to, .name = name, .line = line };
    bool self = strncmp(f->layer->name, name, folder) == 0 && f->layer->name[folder] == '\0';
    if (!self && !listed(f->layer->may, name, folder) && !listed(f->layer->may, name, strlen(name)))
        fault(f, line, "include", name, rule_of(f));
}

static void check_library(struct file *f, int line, const char *name)
{
    for (size_t i = 0; i < COUNT(libraries); i++)
        if (strcmp(libraries[i].header, name) == 0 && strcmp(libraries[i].layer, f->layer->name) != 0)
            fault(f, line, "include", name, "this library belongs to another layer");
}

static void scan(struct file *f)
{
    FILE *in = fopen(f->path, "r");
    char line[1000], name[200];

    if (in == NULL) {
        perror(f->path);
        exit(1);
    }
    for (int n = 1; fgets(line, sizeof line, in) != NULL; n++) {
        if (sscanf(line, " # include \"%199[^\"]\"", name) == 1)
            check_include(f, n, strdup(name));
        else if (sscanf(line, " # include <%199[^>]>", name) == 1)
            check_library(f, n, name);
    }
    fclose(in);
}

/* Depth first; an include of a file that is still open closes a circle. */
static void walk(struct file *f)
{
    f->mark = OPEN;
    for (int i = 0; i < f->n; i++) {
        struct file *to = f->include[i].to;
        if (to != NULL && to->mark == OPEN)
            fault(f, f->include[i].line, "include", to->name, "files include each other in a circle");
        else if (to != NULL && to->mark == NEW)
            walk(to);
    }
    f->mark = DONE;
}

/* The include through which f reaches the generated SQL, or NULL. There are no circles any more. */
static const struct include *way_to_sql(struct file *f)
{
    for (int i = 0; i < f->n && !f->asked; i++) {
        struct file *to = f->include[i].to;
        if (f->way == NULL &&
            (strcmp(f->include[i].name, sql) == 0 || (to != NULL && way_to_sql(to) != NULL)))
            f->way = &f->include[i];
    }
    f->asked = true;
    return f->way;
}

static void check_sql(struct file *f)
{
    const struct include *way = way_to_sql(f);
    if (way == NULL)
        return;
    if (strcmp(way->name, sql) == 0)
        fault(f, way->line, "include", sql, "rule 1: never for web or cli; ask register or account");
    else
        fault(f, way->line, "include", way->name,
              "rule 1: brings store/sql.h into web or cli; keep it out of that header");
}

int main(int argc, char **argv)
{
    if (argc - 1 > MAX_FILES) {
        fprintf(stderr, "layers: more than %d files\n", MAX_FILES);
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        const char *name = strncmp(argv[i], "src/", 4) == 0 ? argv[i] + 4 : argv[i];
        file[files] = (struct file){ .path = argv[i], .name = strdup(name), .layer = layer_of(name) };
        if (file[files].layer == NULL)
            fault(&file[files], 1, "folder of", name, "no layer of rule 1");
        else
            files++;
    }
    for (int i = 0; i < files; i++)
        scan(&file[i]);
    for (int i = 0; i < files; i++)
        if (file[i].mark == NEW)
            walk(&file[i]);
    if (faults == 0)
        for (int i = 0; i < files; i++)
            if (strcmp(file[i].layer->name, "web") == 0 || strcmp(file[i].layer->name, "cli") == 0)
                check_sql(&file[i]);
    if (faults > 0)
        fprintf(stderr, "layers: %d includes go against the direction\n", faults);
    return faults > 0;
}

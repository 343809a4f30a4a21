// SPDX-License-Identifier: EUPL-1.2
/* Errors: one list of codes, and the slot in the context that keeps what went wrong.
 *
 * What can fail returns `enum err` and writes its results through ret_ parameters, untouched on failure.
 *     return FAIL(E_CONFLICT, _("Someone else changed this."));      where it goes wrong
 *     TRY(request_get(c, id, &r));                                   everywhere else
 * The first failure wins; every TRY on the way up adds its file and line to the trace.
 */
#ifndef PEIL_BASE_ERR_H
#define PEIL_BASE_ERR_H

#define N_(text) text

/*        code         status  default text (translated on the way out) */
#define ERR_LIST(X)                                                                                          \
    X(E_INVALID, 422, N_("Something in this form is not right."))                                            \
    X(E_REQUEST, 400, N_("We cannot read this request."))                                                    \
    X(E_LOGIN, 401, N_("Please log in first."))                                                              \
    X(E_FORBIDDEN, 403, N_("You may not see or do this."))                                                   \
    X(E_NOT_FOUND, 404, N_("We cannot find this."))                                                          \
    X(E_METHOD, 405, N_("This is not possible here."))                                                       \
    X(E_CONFLICT, 409, N_("Someone else changed this in the meantime."))                                     \
    X(E_TWICE, 409, N_("This form was sent before. It has counted once."))                                   \
    X(E_TOO_LARGE, 413, N_("This is too large."))                                                            \
    X(E_NOMEM, 500, N_("The program ran out of memory for this."))                                           \
    X(E_IO, 500, N_("A file could not be read or written."))                                                 \
    X(E_DB, 500, N_("The register could not be read or written."))                                           \
    X(E_CORRUPT, 500, N_("The register holds something that cannot be right."))                              \
    X(E_BUSY, 503, N_("The register is busy. Please try again."))

enum err {
    OK = 0,
#define X(code, status, text) code,
    ERR_LIST(X)
#undef X
};

struct err_slot {
    enum err code;   /* OK while nothing failed */
    char field[48];  /* form field that is wrong, or "" */
    char text[400];  /* for a person, in the language of the context */
    char trace[800]; /* for us: "file:line < file:line < ..." */
};

struct ctx;

/* Records a failure in the context; the first one wins. Use through FAIL. */
void err_set(struct ctx *c, enum err code, const char *file, int line, const char *field, const char *format,
             ...) __attribute__((format(printf, 6, 7)));
/* Adds one step to the trace. Use through TRY. */
void err_trace(struct ctx *c, const char *file, int line);
/* Forgets a failure that has been dealt with. */
void err_clear(struct ctx *c);
/* HTTP status and default English text of a code; 200 and "" for OK. */
int err_status(enum err code);
const char *err_text(enum err code);

#define FAIL(code, ...) (err_set(c, (code), __FILE__, __LINE__, "", __VA_ARGS__), (enum err)(code))
#define FAIL_FIELD(field, ...)                                                                               \
    (err_set(c, E_INVALID, __FILE__, __LINE__, (field), __VA_ARGS__), (enum err)E_INVALID)
#define TRY(expr)                                                                                            \
    do {                                                                                                     \
        enum err e_ = (expr);                                                                                \
        if (e_ != OK) {                                                                                      \
            err_trace(c, __FILE__, __LINE__);                                                                \
            return e_;                                                                                       \
        }                                                                                                    \
    } while (0)

#define MUST_CHECK __attribute__((warn_unused_result))
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#endif

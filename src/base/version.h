// SPDX-License-Identifier: EUPL-1.2
/* The version of this program (semantic versioning; CHANGELOG.md says what changed). */
#ifndef PEIL_BASE_VERSION_H
#define PEIL_BASE_VERSION_H

#define PEIL_VERSION "0.1.0"

#endif

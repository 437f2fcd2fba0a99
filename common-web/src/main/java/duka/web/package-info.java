/**
 * What every HTTP service shares: who is calling, problems, paging, idempotency keys, API
 * documents. A service brings its {@link duka.web.AccessRules} and its controllers; the rest is
 * there.
 */
@NullMarked
package duka.web;

import org.jspecify.annotations.NullMarked;

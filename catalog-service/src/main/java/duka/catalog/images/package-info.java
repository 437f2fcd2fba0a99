/**
 * What products and categories look like: uploads are developed into pictures that are ours alone,
 * kept in a store and shown by the id under which they never change.
 */
@NullMarked
package duka.catalog.images;

import org.jspecify.annotations.NullMarked;

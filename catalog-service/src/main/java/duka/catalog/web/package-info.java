/** The catalog service's HTTP face. */
@NullMarked
package duka.catalog.web;

import org.jspecify.annotations.NullMarked;

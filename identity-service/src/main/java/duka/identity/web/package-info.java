/** The identity service's HTTP face. */
@NullMarked
package duka.identity.web;

import org.jspecify.annotations.NullMarked;

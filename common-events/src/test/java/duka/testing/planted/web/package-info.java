@NullMarked
package duka.testing.planted.web;

import org.jspecify.annotations.NullMarked;

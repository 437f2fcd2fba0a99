/** How a program is released: on its own, and in keeping with what was promised before. */
@org.jspecify.annotations.NullMarked
package duka.release;

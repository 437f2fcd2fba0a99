@org.jspecify.annotations.NullMarked
package duka.release;

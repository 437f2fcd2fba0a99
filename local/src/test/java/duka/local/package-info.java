@org.jspecify.annotations.NullMarked
package duka.local;

@NullMarked
package duka.identity.mail;

import org.jspecify.annotations.NullMarked;

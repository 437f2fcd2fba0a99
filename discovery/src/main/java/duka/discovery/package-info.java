/**
 * The register of who runs where, from which services and the gateway learn each other's addresses.
 */
@NullMarked
package duka.discovery;

import org.jspecify.annotations.NullMarked;

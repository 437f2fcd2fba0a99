/** What is deployed, checked without a cluster and without containers. */
@NullMarked
package duka.deploy;

import org.jspecify.annotations.NullMarked;

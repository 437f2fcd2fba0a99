/** How the services' tables are read and written where that is the same for all. */
@NullMarked
package duka.sql;

import org.jspecify.annotations.NullMarked;

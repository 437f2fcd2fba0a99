package duka.local;

import java.time.Duration;

/** Hears how far a start or a stop has come. */
interface Progress {

    Progress SILENT = new Progress() {};

    default void serves(Part part, Duration after) {}

    default void stopped(Part part) {}
}

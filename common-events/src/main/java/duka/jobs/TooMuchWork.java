package duka.jobs;

/** So much work is waiting already that whoever brings more would not wait for its result. */
public class TooMuchWork extends RuntimeException {

    TooMuchWork(String where) {
        super("too much work is waiting for " + where, null, false, false);
    }
}

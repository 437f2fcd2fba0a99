package duka.catalog.images;

/** An upload is not what it should be; why is for whoever sent it. */
public class BadPicture extends RuntimeException {

    /** What is wrong with it. */
    public enum Why {
        /** Nothing that we take. */
        UNKNOWN_FORMAT,
        /** It begins like a picture but is none. */
        BROKEN,
        TOO_LARGE,
        TOO_MANY_PIXELS
    }

    private final Why why;

    BadPicture(Why why, String message) {
        super(message);
        this.why = why;
    }

    BadPicture(Why why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}

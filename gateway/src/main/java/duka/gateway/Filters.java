package duka.gateway;

/** The order in which a request passes our filters, before it is routed. */
final class Filters {

    static final int KNOWN_METHODS = -600; // before CORS, which would blame the origin
    static final int CORS = -500; // early, so that a browser's script can read every refusal below
    static final int STRICT_PATHS = -400;
    static final int OLDER_SPELLINGS = -300;
    static final int SECURITY = -200;
    static final int ADMISSION = -150;
    static final int BODY_LIMIT = -100;

    private Filters() {}
}

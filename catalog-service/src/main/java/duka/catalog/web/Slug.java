package duka.catalog.web;

/** How a slug looks. One that looks like an id would hide what has that id. */
final class Slug {

    static final String FORM =
            "(?!\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}$)[a-z0-9]+(-[a-z0-9]+)*";

    static final String MESSAGE = "must be words of a-z and 0-9 with - between them, and not an id";

    private Slug() {}
}

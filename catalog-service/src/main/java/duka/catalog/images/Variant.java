package duka.catalog.images;

/** In which size a picture is shown. */
public enum Variant {
    FULL,
    THUMBNAIL
}

package duka.catalog.images;

/**
 * What has become of an upload: nothing of it is in here but its colours.
 *
 * @param format JPEG or PNG
 */
record Developed(Format format, int width, int height, byte[] full, byte[] thumbnail) {

    byte[] in(Variant variant) {
        return switch (variant) {
            case FULL -> full;
            case THUMBNAIL -> thumbnail;
        };
    }
}

package duka.catalog.images;

/** Too many uploads are being developed already; later there will be room. */
public class Busy extends RuntimeException {

    Busy() {
        super("too many pictures are being uploaded");
    }
}

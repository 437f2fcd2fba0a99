package duka.catalog.images;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Turns a photo as its camera was held. The JDK's own reader does not say how: it takes offence at
 * many files that are well enough to be shown.
 */
final class Upright {

    private static final int START_OF_IMAGE = 0xFFD8;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int APP1 = 0xFFE1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    static BufferedImage turn(BufferedImage picture, Orientation orientation) {
        return orientation == Orientation.TOP_LEFT
                ? picture
                : ExifFilterUtils.getFilterForOrientation(orientation).apply(picture);
    }

    /** As it is, where the file does not say. */
    static Orientation orientation(ImageInputStream jpeg) throws IOException {
        jpeg.seek(0);
        try {
            if (jpeg.readUnsignedShort() != START_OF_IMAGE) {
                return Orientation.TOP_LEFT;
            }
            int marker;
            while ((marker = jpeg.readUnsignedShort()) > 0xFF00 && marker != START_OF_SCAN) {
                var segment = new byte[Math.max(0, jpeg.readUnsignedShort() - 2)];
                jpeg.readFully(segment);
                if (marker == APP1 && Arrays.mismatch(EXIF, segment) == EXIF.length) {
                    return of(segment);
                }
            }
            return Orientation.TOP_LEFT;
        } catch (EOFException e) {
            return Orientation.TOP_LEFT;
        }
    }

    private static Orientation of(byte[] exif) {
        try {
            var found = ExifUtils.getOrientationFromExif(exif);
            return found == null ? Orientation.TOP_LEFT : found;
        } catch (RuntimeException e) { // nonsense, but the colours may still be good
            return Orientation.TOP_LEFT;
        }
    }

    private Upright() {}
}

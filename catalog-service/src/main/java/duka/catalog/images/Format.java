package duka.catalog.images;

import java.util.Arrays;
import java.util.Optional;

/** What pictures are made of, told by how they begin and not by what anybody says. */
public enum Format {
    JPEG("image/jpeg"),
    PNG("image/png"),
    /** Only taken, never shown. */
    WEBP("image/webp");

    /** How many bytes tell. */
    static final int SIGNATURE = 12;

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    static Optional<Format> of(byte[] beginning) {
        return Arrays.stream(values()).filter(format -> format.begins(beginning)).findFirst();
    }

    private boolean begins(byte[] bytes) {
        return switch (this) {
            case JPEG -> at(bytes, 0, 0xFF, 0xD8, 0xFF);
            case PNG -> at(bytes, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
            case WEBP -> at(bytes, 0, 'R', 'I', 'F', 'F') && at(bytes, 8, 'W', 'E', 'B', 'P');
        };
    }

    private static boolean at(byte[] bytes, int start, int... expected) {
        if (bytes.length < start + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[start + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}

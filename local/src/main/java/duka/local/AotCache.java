package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the JVM has learned about one program: which classes it loads and which methods are hot. A
 * program that finds it starts in half the time.
 *
 * @param file beside the very jar that it was made from
 */
record AotCache(Path file) {

    /** Part of a program's identity: a cache is of use to the JVM that made it only. */
    static String runtime() {
        return System.getProperty("java.vm.vendor") + Runtime.version();
    }

    static String digest(String of) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isThere() {
        return Files.exists(file);
    }

    List<String> flags() {
        return isThere() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /**
     * Makes a run that ends in good order write the cache, at first under another name; what an
     * interrupted run has left goes.
     */
    List<String> learningFlags() {
        Shop.delete(draft());
        Shop.delete(draft().resolveSibling(draft().getFileName() + ".config"));
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    private Path draft() {
        return file.resolveSibling(file.getFileName() + ".draft");
    }

    /** True if the run has left a cache. */
    boolean publish() {
        try {
            if (!Files.exists(draft())) {
                return false;
            }
            Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

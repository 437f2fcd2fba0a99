package duka.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a webhook is ours: an HMAC over its time and its body. */
class Signature {

    static final String HEADER = "Simulator-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Signature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** {@code t=<epoch seconds>,v1=<hex of HMAC-SHA256 over "t.body">}. */
    String of(Instant at, byte[] body) {
        try {
            var seconds = Long.toString(at.getEpochSecond());
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=%s,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

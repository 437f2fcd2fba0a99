package duka.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulator's webhooks, signed as {@code Simulator-Signature: t=<seconds>,v1=<hex>}: an
 * HMAC-SHA256 over {@code <seconds>.<body>}.
 */
@Component
class SimulatorWebhookReader implements WebhookReader {

    private static final String HEADER = "Simulator-Signature";
    private static final Pattern SIGNATURE = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
    private static final String ALGORITHM = "HmacSHA256";

    /** Older, or more ahead of our clock, it may be a recording. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private record Webhook(@Nullable UUID reference) {}

    private final SecretKeySpec key;
    private final JsonMapper json;
    private final Clock clock;

    SimulatorWebhookReader(SimulatorProperties properties, JsonMapper json, Clock clock) {
        this.key =
                new SecretKeySpec(
                        properties.webhookSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return SimulatedProvider.NAME;
    }

    @Override
    public boolean isGenuine(Function<String, @Nullable String> headers, byte[] body) {
        var header = headers.apply(HEADER);
        var signature = SIGNATURE.matcher(header == null ? "" : header);
        if (!signature.matches()) {
            return false;
        }
        var shown = HexFormat.of().parseHex(signature.group(2));
        var at = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        return MessageDigest.isEqual(shown, expected(signature.group(1), body))
                && Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
    }

    @Override
    public Optional<UUID> orderOf(byte[] body) {
        try {
            return Optional.ofNullable(json.readValue(body, Webhook.class)).map(Webhook::reference);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private byte[] expected(String seconds, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign", e);
        }
    }
}

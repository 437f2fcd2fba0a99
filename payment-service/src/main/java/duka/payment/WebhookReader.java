package duka.payment;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Knows one provider's webhooks. */
interface WebhookReader {

    String provider();

    /**
     * @param body as it came, byte for byte: that is what is signed
     */
    boolean isGenuine(Function<String, @Nullable String> headers, byte[] body);

    /** The order it is about; none if it makes no sense. */
    Optional<UUID> orderOf(byte[] body);
}

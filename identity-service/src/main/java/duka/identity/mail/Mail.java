package duka.identity.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be written: what happened, and to whom.
 *
 * @param recipient none when only the order tells
 * @param about the same for the same occasion, which is written about once
 * @param facts for the template; nothing that only the recipient may know
 * @param secrets for the template too, kept sealed and only until the mail has gone
 * @param goodUntil after which it is of no use
 */
record Mail(
        @Nullable UUID recipient,
        @Nullable UUID orderId,
        Template template,
        String about,
        Map<String, Object> facts,
        Map<String, String> secrets,
        @Nullable Instant goodUntil) {

    static Mail to(UUID recipient, Template template, String about) {
        return new Mail(recipient, null, template, about, Map.of(), Map.of(), null);
    }

    /** To the customer of an order. */
    static Mail aboutOrder(UUID orderId, Template template, String about) {
        return new Mail(null, orderId, template, about, Map.of(), Map.of(), null);
    }

    /** The same to several: each gets their own, and sees nobody's address. */
    static List<Mail> toAll(
            List<UUID> recipients, Template template, String about, Map<String, Object> facts) {
        return recipients.stream()
                .map(each -> to(each, template, about + ":" + each).with(facts))
                .toList();
    }

    Mail with(Map<String, Object> facts) {
        return new Mail(recipient, orderId, template, about, facts, secrets, goodUntil);
    }

    Mail withSecrets(Map<String, String> secrets) {
        return new Mail(recipient, orderId, template, about, facts, secrets, goodUntil);
    }

    Mail goodUntil(Instant end) {
        return new Mail(recipient, orderId, template, about, facts, secrets, end);
    }
}

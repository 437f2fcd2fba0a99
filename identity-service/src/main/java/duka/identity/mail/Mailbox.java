package duka.identity.mail;

import duka.events.AccountEvent.Standing;
import duka.identity.Mailing;
import duka.identity.UserId;
import duka.messaging.Uuid7;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where mails are left, in the transaction that makes them true; without one it refuses. {@link
 * Postman} carries them on once that has been committed.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Mailbox implements Mailing {

    private static final Duration VERIFICATION = Duration.ofDays(1);
    private static final Duration RESET = Duration.ofMinutes(15);
    private static final Duration CODE = Duration.ofMinutes(10);

    private final Mails mails;
    private final Staff staff;
    private final Rounds rounds;
    private final Clock clock;
    private final MailProperties properties;

    Mailbox(Mails mails, Staff staff, Rounds rounds, Clock clock, MailProperties properties) {
        this.mails = mails;
        this.staff = staff;
        this.rounds = rounds;
        this.clock = clock;
        this.properties = properties;
    }

    // --- about accounts

    @Override
    public void welcome(UserId to) {
        post(List.of(Mail.to(to.value(), Template.WELCOME, "welcome:" + to)));
    }

    @Override
    public void verifyEmail(UserId to, String token) {
        post(
                List.of(
                        eachTime(to, Template.VERIFY_EMAIL)
                                .withSecrets(
                                        Map.of(
                                                "token",
                                                token,
                                                "link",
                                                link("/api/v1/auth/email/verify", token)))
                                .goodUntil(clock.instant().plus(VERIFICATION))));
    }

    @Override
    public void resetPassword(UserId to, String token) {
        post(
                List.of(
                        eachTime(to, Template.RESET_PASSWORD)
                                .withSecrets(
                                        Map.of(
                                                "token",
                                                token,
                                                "link",
                                                link("/reset-password", token)))
                                .goodUntil(clock.instant().plus(RESET))));
    }

    @Override
    public void passwordCode(UserId to, String code) {
        post(
                List.of(
                        eachTime(to, Template.PASSWORD_CODE)
                                .withSecrets(Map.of("code", code))
                                .goodUntil(clock.instant().plus(CODE))));
    }

    @Override
    public void passwordChanged(UserId to) {
        post(List.of(eachTime(to, Template.PASSWORD_CHANGED)));
    }

    @Override
    public void vendorReviewed(UserId to, Standing standing, @Nullable String reason) {
        var template =
                switch (standing) {
                    case UNDER_REVIEW -> Template.VENDOR_UNDER_REVIEW;
                    case APPROVED -> Template.VENDOR_APPROVED;
                    case SUSPENDED -> Template.VENDOR_SUSPENDED;
                    case CLOSED -> Template.VENDOR_CLOSED;
                };
        post(List.of(eachTime(to, template).with(Map.of("reason", reason == null ? "" : reason))));
    }

    // --- about the rest of the shop

    void post(Collection<Mail> written) {
        if (!written.isEmpty() && mails.add(written) > 0) {
            AfterCommit.run(rounds::wake);
        }
    }

    /** What waits about these orders and is no longer true does not go. */
    void withdraw(Collection<UUID> orders, Collection<Template> templates, String reason) {
        if (!orders.isEmpty()) {
            mails.drop(orders, templates, reason);
        }
    }

    /** One each, about the whole shop. */
    void postToStoreManagers(Template template, String about, Map<String, Object> facts) {
        post(Mail.toAll(staff.storeManagers(), template, about, facts));
    }

    /**
     * Gathers what is told about products, for each recipient into one mail for a while.
     *
     * @param products by recipient and product
     */
    void gather(Map<UUID, Map<UUID, Map<String, Object>>> products) {
        long length = properties.digest().toMillis();
        long interval = clock.millis() / length;
        products.keySet().stream()
                .sorted() // as everybody does, so that two never wait for each other
                .forEach(
                        recipient -> {
                            long until = interval;
                            // The mail of this interval may be on its way already.
                            while (!gather(recipient, products.get(recipient), until, length)) {
                                until++;
                            }
                        });
    }

    /** There is nothing to tell of these any more. */
    void ungather(Collection<UUID> products) {
        if (!products.isEmpty()) {
            mails.ungather(Template.STOCK_ALERT, products);
        }
    }

    private boolean gather(
            UUID recipient, Map<UUID, Map<String, Object>> products, long interval, long length) {
        var byId = new LinkedHashMap<String, Object>();
        products.forEach((product, news) -> byId.put(product.toString(), news));
        return mails.gather(
                recipient,
                Template.STOCK_ALERT,
                "stock-alert:%s:%d".formatted(recipient, interval),
                byId,
                Instant.ofEpochMilli((interval + 1) * length));
    }

    /** What may happen again is mailed again. */
    private Mail eachTime(UserId to, Template template) {
        return Mail.to(
                to.value(),
                template,
                "%s:%s:%s".formatted(template.fileName(), to, Uuid7.mint(clock)));
    }

    private String link(String path, String token) {
        return "%s%s?token=%s"
                .formatted(
                        properties.shopUrl(),
                        path,
                        URLEncoder.encode(token, StandardCharsets.UTF_8));
    }
}

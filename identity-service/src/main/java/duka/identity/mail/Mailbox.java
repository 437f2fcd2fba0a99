package duka.identity.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where mails are left, in the transaction that makes them true; without one it refuses. {@link
 * Postman} carries them on once that has been committed.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Mailbox {

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

    void post(Mail mail) {
        post(List.of(mail));
    }

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
     * Gathers what is told about stock, for each recipient into one mail for a while.
     *
     * @param products by recipient and product
     */
    void gather(Map<UUID, Map<UUID, Map<String, Object>>> products) {
        mails.gatherAlone();
        long length = properties.digest().toMillis();
        long interval = clock.millis() / length;
        products.forEach(
                (recipient, news) -> {
                    long until = interval;
                    // The mail of this interval may be on its way already.
                    while (!gather(recipient, news, until, length)) {
                        until++;
                    }
                });
    }

    /** There is nothing to tell of these any more. */
    void ungather(Collection<UUID> products) {
        if (!products.isEmpty()) {
            mails.gatherAlone();
            mails.ungather(products);
        }
    }

    private boolean gather(
            UUID recipient, Map<UUID, Map<String, Object>> products, long interval, long length) {
        var byId = new LinkedHashMap<String, Object>();
        products.forEach((product, news) -> byId.put(product.toString(), news));
        return mails.gather(
                recipient,
                "stock-alert:%s:%d".formatted(recipient, interval),
                byId,
                Instant.ofEpochMilli((interval + 1) * length));
    }
}

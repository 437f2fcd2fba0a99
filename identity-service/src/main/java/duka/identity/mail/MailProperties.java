package duka.identity.mail;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where mails go is told by {@code spring.mail.host} and its neighbours, or by {@code folder};
 * while neither is set they wait.
 *
 * @param folder where mails are put as files instead of being sent, for a shop without a mail
 *     server
 * @param folderKeeps how many mails the folder keeps, the newest
 * @param from the sender, with or without a name
 * @param shopUrl where the shop's pages are, for links
 * @param batch how many mails go over one connection to the mail server
 * @param lease how long a replica may take over its batch before another may send it; in the last
 *     minute of it, nothing more is begun
 * @param poll how soon a mail is found that another replica wrote, or that has to be tried again
 * @param attempts after how many refusals a mail is given up; the last ones are an hour apart, so
 *     that the default is about a day
 * @param payWithin how long there is to do something about a payment; an order is cancelled by then
 * @param digest over how long news about stock are gathered into one mail
 * @param keep how long mails that went are kept
 * @param keepOrders how long it is known whose an order is
 * @param pruneAt when what is older is forgotten, as a cron expression
 */
@ConfigurationProperties("duka.mail")
record MailProperties(
        @Nullable Path folder,
        @DefaultValue("1000") int folderKeeps,
        @DefaultValue("Duka <no-reply@localhost>") String from,
        @DefaultValue("http://localhost:8080") String shopUrl,
        @DefaultValue("50") int batch,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("5s") Duration poll,
        @DefaultValue("32") int attempts,
        @DefaultValue("30m") Duration payWithin,
        @DefaultValue("15m") Duration digest,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("400d") Duration keepOrders,
        @DefaultValue("0 17 3 * * *") String pruneAt) {

    /** Longer than a mail server may take over one mail. */
    static final Duration LAST_OF_LEASE = Duration.ofMinutes(1);

    MailProperties {
        if (lease.compareTo(LAST_OF_LEASE) <= 0) {
            throw new IllegalArgumentException(
                    "duka.mail.lease is to be longer than a minute, not " + lease);
        }
        shopUrl = shopUrl.replaceAll("/+$", "");
    }
}

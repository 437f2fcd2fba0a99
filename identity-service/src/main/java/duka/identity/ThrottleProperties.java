package duka.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a password may be guessed. What succeeds is not counted.
 *
 * @param perVisitor tries of one account from one address
 * @param visitorWindow that they are counted for
 * @param perAccount tries of one account from all addresses; others cannot keep its owner out, whom
 *     the right password gets in from where they have signed up or lately signed in
 * @param perAddress tries of all accounts from one address
 * @param window that these two are counted for
 * @param mails of one kind that one account is sent in an hour
 */
@ConfigurationProperties("duka.identity.throttle")
record ThrottleProperties(
        @DefaultValue("5") int perVisitor,
        @DefaultValue("5m") Duration visitorWindow,
        @DefaultValue("20") int perAccount,
        @DefaultValue("100") int perAddress,
        @DefaultValue("15m") Duration window,
        @DefaultValue("5") int mails) {}

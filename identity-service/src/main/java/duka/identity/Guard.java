package duka.identity;

import duka.identity.Attempts.Limit;
import duka.identity.Attempts.Wait;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords and mailboxes from being tried or filled at will. A name that nobody has is
 * treated as all others are, so that being told to wait tells nothing.
 */
@Component
class Guard {

    private static final int NETWORK_BYTES = 8;

    private final Attempts attempts;
    private final ThrottleProperties properties;

    Guard(Attempts attempts, ThrottleProperties properties) {
        this.attempts = attempts;
        this.properties = properties;
    }

    /**
     * @param familiar whether this account's owner is known to come from this address: then what
     *     others do counts for nothing
     */
    Optional<Wait> beforeSignIn(String name, @Nullable String address, boolean familiar) {
        return attempts.take(limits(name, address, familiar));
    }

    /** A success makes good for this visitor's failures, not for those of others. */
    void afterSignIn(String name, @Nullable String address, boolean familiar) {
        var visitor = visitor(name, address);
        attempts.giveBack(
                limits(name, address, familiar).stream()
                        .map(Limit::key)
                        .filter(key -> !key.equals(visitor))
                        .toList());
        attempts.forget(List.of(visitor));
    }

    /** Whoever has shown by mail who they are need not wait for what was tried before. */
    void forgive(User user, @Nullable String address) {
        attempts.forget(
                Stream.of(user.username(), user.email())
                        .filter(Objects::nonNull)
                        .flatMap(name -> Stream.of(account(name), visitor(name, address)))
                        .toList());
    }

    /**
     * @throws TooManyTries of the current password
     */
    void beforeCurrentPassword(UserId user) {
        take(new Limit("password " + user, properties.perVisitor(), properties.visitorWindow()));
    }

    void afterCurrentPassword(UserId user) {
        attempts.forget(List.of("password " + user));
    }

    /**
     * @throws TooManyTries if enough of them are on their way
     */
    void beforeMail(String kind, UserId to) {
        take(new Limit(kind + " " + to, properties.mails(), Duration.ofHours(1)));
    }

    private void take(Limit limit) {
        attempts.take(List.of(limit))
                .ifPresent(
                        wait -> {
                            throw new TooManyTries(wait.time());
                        });
    }

    private List<Limit> limits(String name, @Nullable String address, boolean familiar) {
        var limits = new ArrayList<Limit>();
        limits.add(
                new Limit(
                        visitor(name, address),
                        properties.perVisitor(),
                        properties.visitorWindow()));
        if (!familiar) {
            limits.add(new Limit(account(name), properties.perAccount(), properties.window()));
            if (address != null) {
                limits.add(
                        new Limit(
                                "address " + hash(network(address)),
                                properties.perAddress(),
                                properties.window()));
            }
        }
        return limits;
    }

    private static String account(String name) {
        return "account " + hash(folded(name));
    }

    private static String visitor(String name, @Nullable String address) {
        return "visitor " + hash(folded(name) + "\n" + (address == null ? "" : network(address)));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Who has one IPv6 address has all of its network. */
    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            return address; // a name, as only a test has it
        }
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(SecretTokens.hash(text));
    }
}

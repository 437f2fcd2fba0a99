package duka.identity;

import static duka.identity.Folding.folded;

import duka.identity.Attempts.Limit;
import duka.identity.Attempts.Wait;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps passwords and mailboxes from being tried or filled at will. A name that nobody has is
 * treated as all others are, so that being told to wait tells nothing.
 */
@Component
class Guard {

    private final Attempts attempts;
    private final ThrottleProperties properties;

    Guard(Attempts attempts, ThrottleProperties properties) {
        this.attempts = attempts;
        this.properties = properties;
    }

    /** How a sign-in may go on. */
    sealed interface Leave {

        record Free() implements Leave {}

        /**
         * Others have used up what there was. Only the owner, from where they are known, gets in;
         * to all else the password is checked in vain, and nothing tells the one from the other.
         */
        record OwnerOnly(Wait others) implements Leave {}

        record None(Wait visitor) implements Leave {}
    }

    Leave beforeSignIn(String name, @Nullable String address) {
        var visitor =
                new Limit(
                        visitor(name, address),
                        properties.perVisitor(),
                        properties.visitorWindow());
        return attempts.take(List.of(visitor))
                .<Leave>map(Leave.None::new)
                .or(() -> attempts.take(shared(name, address)).map(Leave.OwnerOnly::new))
                .orElseGet(Leave.Free::new);
    }

    /** A success makes good for this visitor's failures, not for those of others. */
    void afterSignIn(String name, @Nullable String address, Leave leave) {
        if (leave instanceof Leave.Free) {
            attempts.giveBack(keys(shared(name, address)));
        }
        attempts.forget(List.of(visitor(name, address)));
    }

    /** Nobody has looked at the password, so nothing was tried. */
    void insteadOfSignIn(String name, @Nullable String address, Leave leave) {
        if (leave instanceof Leave.Free) {
            attempts.giveBack(keys(shared(name, address)));
        }
        attempts.giveBack(List.of(visitor(name, address)));
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

    /** Nobody has looked at it, so nothing was tried. */
    void insteadOfCurrentPassword(UserId user) {
        attempts.giveBack(List.of("password " + user));
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

    private List<Limit> shared(String name, @Nullable String address) {
        var account = new Limit(account(name), properties.perAccount(), properties.window());
        return address == null
                ? List.of(account)
                : List.of(
                        account,
                        new Limit(
                                "address " + hash(Network.of(address)),
                                properties.perAddress(),
                                properties.window()));
    }

    private static List<String> keys(List<Limit> limits) {
        return limits.stream().map(Limit::key).toList();
    }

    private static String account(String name) {
        return "account " + hash(folded(name));
    }

    private static String visitor(String name, @Nullable String address) {
        return "visitor "
                + hash(folded(name) + "\n" + (address == null ? "" : Network.of(address)));
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(SecretTokens.hash(text));
    }
}

package duka.messaging;

import org.jspecify.annotations.Nullable;

/**
 * What hearing something does: its subject becomes something else, or stays as it is for a reason
 * worth a word.
 */
public sealed interface Step<S> {

    record Become<S>(S next, @Nullable String reason) implements Step<S> {}

    record Stay<S>(String why) implements Step<S> {}

    static <S> Step<S> become(S next) {
        return new Become<>(next, null);
    }

    static <S> Step<S> become(S next, @Nullable String reason) {
        return new Become<>(next, reason);
    }

    static <S> Step<S> stay(String why) {
        return new Stay<>(why);
    }
}

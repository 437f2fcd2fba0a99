package duka.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The sign-ins that were ended before their access tokens have expired: identity-service leaves
 * word of each in Redis for as long as such a token may live.
 */
@Component
class EndedSessions {

    private static final String KEY = "revoked:";

    private final SharedMemory memory;

    EndedSessions(SharedMemory memory) {
        this.memory = memory;
    }

    /** Whether this caller's is one of them. */
    Mono<Boolean> have(@Nullable Caller caller) {
        if (caller == null || caller.session() == null) {
            return Mono.just(false);
        }
        var key = KEY + caller.session();
        return memory.ask(redis -> redis.hasKey(key), false);
    }
}

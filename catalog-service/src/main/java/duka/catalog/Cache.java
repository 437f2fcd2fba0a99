package duka.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what many ask for in Redis, for seconds. All that is kept belongs to a generation, and
 * whoever changes anything begins another one before it answers: so nobody who has changed
 * something, or heard of it, sees what was before. Who loads something has read the generation
 * first; what it loaded too early is never used.
 *
 * <p>While Redis is away there is no cache, and nothing else changes.
 */
@Component
public class Cache {

    private static final Logger log = LoggerFactory.getLogger(Cache.class);

    private static final String GENERATION = "catalog:generation";

    private final StringRedisTemplate redis;
    private final JsonMapper json;
    private final Clock clock;
    private final CacheProperties properties;
    private final ConcurrentHashMap<String, CompletableFuture<?>> loading =
            new ConcurrentHashMap<>();

    private volatile Instant awayUntil = Instant.MIN;

    /** How often something has changed, and how many of those times the others have been told. */
    private final AtomicLong changes = new AtomicLong();

    private final AtomicLong told = new AtomicLong();

    Cache(StringRedisTemplate redis, JsonMapper json, Clock clock, CacheProperties properties) {
        this.redis = redis;
        this.clock = clock;
        this.properties = properties;
        // What another release has kept may look different: it is not used.
        this.json =
                json.rebuild()
                        .enable(
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .build();
    }

    /**
     * @param query what is asked for; all that makes a difference is in its text
     */
    public <T> T get(Class<T> type, Object query, Supplier<T> load) {
        var key = "catalog:%s:%s".formatted(type.getSimpleName(), query);
        var found = find(key);
        if (found == null) {
            return load.get();
        }
        var kept = found.value() == null ? null : read(found.value(), type);
        return kept == null ? load(key, found.generation(), type, load) : kept;
    }

    /** Once this transaction has committed, nothing that was kept before is used any more. */
    public void forgetAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        forget();
                    }
                });
    }

    void forget() {
        changes.incrementAndGet();
        if (isThere()) {
            beginGeneration();
        }
    }

    private void beginGeneration() {
        trying(
                () -> {
                    long until = changes.get();
                    redis.opsForValue().set(GENERATION, UUID.randomUUID().toString());
                    return told.accumulateAndGet(until, Math::max);
                });
    }

    /**
     * @param value null for none of this generation
     */
    private record Kept(String generation, @Nullable String value) {}

    /**
     * @return null where there is no cache
     */
    private @Nullable Kept find(String key) {
        if (isThere() && told.get() < changes.get()) {
            beginGeneration();
        }
        if (!isThere() || told.get() < changes.get()) {
            return null;
        }
        var found = trying(() -> redis.opsForValue().multiGet(List.of(GENERATION, key)));
        if (found == null) {
            return null;
        }
        var generation = found.getFirst();
        if (generation == null) {
            beginGeneration();
            return null;
        }
        var value = found.getLast();
        return new Kept(
                generation,
                value != null && value.startsWith(generation)
                        ? value.substring(generation.length())
                        : null);
    }

    private <T> @Nullable T read(String value, Class<T> type) {
        try {
            return json.readValue(value, type);
        } catch (JacksonException e) {
            log.debug("kept by another release", e);
            return null;
        }
    }

    /** Of all who want the same at once, one loads it. */
    private <T> T load(String key, String generation, Class<T> type, Supplier<T> load) {
        var mine = new CompletableFuture<T>();
        var others = loading.putIfAbsent(generation + key, mine);
        if (others != null) {
            try {
                return type.cast(others.join());
            } catch (CompletionException e) {
                return load.get();
            }
        }
        try {
            var loaded = load.get();
            mine.complete(loaded);
            keep(key, generation, loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(generation + key, mine);
        }
    }

    private void keep(String key, String generation, Object loaded) {
        trying(
                () -> {
                    redis.opsForValue()
                            .set(
                                    key,
                                    generation + json.writeValueAsString(loaded),
                                    properties.life());
                    return true;
                });
    }

    private boolean isThere() {
        return properties.life().isPositive() && !clock.instant().isBefore(awayUntil);
    }

    private <T> @Nullable T trying(Supplier<@Nullable T> ask) {
        try {
            var answer = ask.get();
            if (awayUntil != Instant.MIN) {
                awayUntil = Instant.MIN;
                log.info("the cache is back");
            }
            return answer;
        } catch (DataAccessException e) {
            if (awayUntil == Instant.MIN) {
                log.warn("there is no cache: {}", e.getMessage());
            }
            awayUntil = clock.instant().plus(properties.pause());
            return null;
        }
    }
}

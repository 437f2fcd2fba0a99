package duka.gateway;

import java.math.BigInteger;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;

/**
 * A rate in tokens: the limiter puts a whole number of them in each second, so that a request costs
 * many if it may be made seldom.
 *
 * @param perSecond how many tokens come back
 * @param cost of a request
 * @param capacity how many it holds, and holds at first
 */
record Bucket(int perSecond, int cost, long capacity) {

    static Bucket of(Rate rate) {
        var seconds = rate.per().toSeconds();
        var requests = BigInteger.valueOf(rate.requests());
        var common = requests.gcd(BigInteger.valueOf(seconds)).intValue();
        var cost = (int) seconds / common;
        return new Bucket(rate.requests() / common, cost, (long) rate.requests() * cost);
    }

    RedisRateLimiter.Config forLimiter() {
        return new RedisRateLimiter.Config()
                .setReplenishRate(perSecond)
                .setBurstCapacity(capacity)
                .setRequestedTokens(cost);
    }

    /** How many requests that many tokens pay for. */
    long requests(long tokens) {
        return tokens / cost;
    }

    /** When there are enough tokens for one request more, in whole seconds. */
    long secondsToNext(long tokens) {
        return Math.ceilDiv(cost - tokens % cost, perSecond);
    }
}

package duka.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which trace the work at hand belongs to. Much is done for many at once, in one transaction: each
 * piece of such work has a span of its own, what is said about it belongs to its trace, and so does
 * what is logged while a loop is at it.
 *
 * <p>Without a tracer, it makes no traces and hands on those of others.
 */
public final class Traces {

    /** What an order is called in logs and spans. */
    public static final String ORDER = "orderId";

    /**
     * One thing to do among those that are done together.
     *
     * @param spanKind none if it comes from nobody else
     * @param name of its span
     * @param tags of its span
     * @param kind what it is about, as logs call it
     * @param about which one
     * @param traceparent of what led to it; none if nobody traced that
     */
    public record Piece(
            Span.@Nullable Kind spanKind,
            String name,
            Map<String, String> tags,
            String kind,
            UUID about,
            @Nullable String traceparent) {}

    private final @Nullable Tracer tracer;
    private final ThreadLocal<Batch> current = new ThreadLocal<>();

    Traces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** For where nobody takes traces. */
    public static Traces none() {
        return new Traces(null);
    }

    /** What may be said about a thing now, so that its trace goes on; none without a trace. */
    public @Nullable String traceparent(UUID about) {
        var batch = current.get();
        if (batch != null) {
            return batch.traceparent(about);
        }
        var span = tracer == null ? null : tracer.currentSpan();
        return span == null ? null : Traceparent.of(span.context());
    }

    public <T> T during(Piece piece, Supplier<T> work) {
        return during(List.of(piece), work);
    }

    public void during(List<Piece> pieces, Runnable work) {
        during(
                pieces,
                () -> {
                    work.run();
                    return pieces;
                });
    }

    private <T> T during(List<Piece> pieces, Supplier<T> work) {
        var outer = current.get();
        var batch = new Batch(pieces);
        current.set(batch);
        try {
            batch.turnTo(batch.sole());
            return work.get();
        } catch (RuntimeException | Error fault) {
            batch.failed(fault);
            throw fault;
        } finally {
            batch.end();
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /**
     * The same list. A loop over it is, at each item, in the trace of the piece that has the item's
     * place among those that are done together.
     */
    public <T> List<T> each(List<T> items) {
        var batch = current.get();
        if (batch == null || batch.pieces.size() != items.size()) {
            throw new IllegalStateException("these are not what is being done");
        }
        return items.size() == 1 ? items : new Turning<>(items, batch);
    }

    /** What one thread is doing. */
    private final class Batch {

        private static final int NONE = -1;

        private final List<Piece> pieces;
        private final Span @Nullable [] spans;
        private final Map<UUID, Integer> places;
        private int at = NONE;
        private @Nullable SpanInScope scope;

        Batch(List<Piece> pieces) {
            this.pieces = pieces;
            this.places = HashMap.newHashMap(pieces.size());
            IntStream.range(0, pieces.size()).forEach(n -> places.put(pieces.get(n).about(), n));
            this.spans = tracer == null ? null : spans(tracer, pieces);
        }

        private static Span[] spans(Tracer tracer, List<Piece> pieces) {
            return pieces.stream().map(piece -> span(tracer, piece)).toArray(Span[]::new);
        }

        private static Span span(Tracer tracer, Piece piece) {
            var span =
                    tracer.spanBuilder()
                            .name(piece.name())
                            .tag(piece.kind(), piece.about().toString());
            if (piece.spanKind() != null) {
                span.kind(piece.spanKind());
            }
            piece.tags().forEach(span::tag);
            var parent = Traceparent.parse(piece.traceparent());
            return (parent == null ? span : span.setParent(parent.context(tracer))).start();
        }

        int sole() {
            return pieces.size() == 1 ? 0 : NONE;
        }

        void turnTo(int place) {
            if (place != at) {
                leave();
                at = place;
                if (place != NONE) {
                    MDC.put(pieces.get(place).kind(), pieces.get(place).about().toString());
                    if (spans != null) {
                        scope = Objects.requireNonNull(tracer).withSpan(spans[place]);
                    }
                }
            }
        }

        private void leave() {
            if (scope != null) {
                scope.close();
                scope = null;
            }
            if (at != NONE) {
                MDC.remove(pieces.get(at).kind());
            }
        }

        /** What is about nothing that led here belongs to what is being done right now. */
        @Nullable String traceparent(UUID about) {
            int place = places.getOrDefault(about, at);
            if (place == NONE) {
                return null;
            }
            if (spans != null) {
                return Traceparent.of(spans[place].context());
            }
            var known = Traceparent.parse(pieces.get(place).traceparent());
            return known == null ? null : known.text();
        }

        void failed(Throwable fault) {
            if (spans != null) {
                for (var span : spans) {
                    span.error(fault);
                }
            }
        }

        void end() {
            turnTo(NONE);
            if (spans != null) {
                for (var span : spans) {
                    span.end();
                }
            }
        }
    }

    private static final class Turning<T> extends AbstractList<T> implements RandomAccess {

        private final List<T> items;
        private final Batch batch;

        Turning(List<T> items, Batch batch) {
            this.items = items;
            this.batch = batch;
        }

        @Override
        public T get(int index) {
            return items.get(index);
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public Iterator<T> iterator() {
            return new Iterator<>() {

                private int next;

                @Override
                public boolean hasNext() {
                    if (next == items.size()) {
                        batch.turnTo(Batch.NONE);
                    }
                    return next < items.size();
                }

                @Override
                public T next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    batch.turnTo(next);
                    return items.get(next++);
                }
            };
        }
    }
}

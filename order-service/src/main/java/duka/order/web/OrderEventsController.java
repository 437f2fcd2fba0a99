package duka.order.web;

import duka.order.Following;
import duka.order.Following.Life;
import duka.order.Following.News.Nobody;
import duka.order.Following.News.Over;
import duka.order.Following.News.Quiet;
import duka.order.Following.News.Told;
import duka.order.FollowingProperties;
import duka.order.OrderId;
import duka.web.Caller;
import duka.web.Problem;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "orders")
class OrderEventsController {

    private static final Logger log = LoggerFactory.getLogger(OrderEventsController.class);

    private final Following following;
    private final FollowingProperties properties;

    OrderEventsController(Following following, FollowingProperties properties) {
        this.following = following;
        this.properties = properties;
    }

    @GetMapping(
            path = "/api/v1/orders/{id}/events",
            produces = {
                MediaType.TEXT_EVENT_STREAM_VALUE,
                MediaType.APPLICATION_PROBLEM_JSON_VALUE
            })
    @Operation(
            summary = "An order's life as it happens: what was before first, then live",
            description =
                    "Waits up to a minute for an order that is not known yet; if it does not come,"
                            + " the stream ends with an event named problem. It ends when nothing"
                            + " more is to come; Last-Event-ID goes on where a stream broke off.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string")))
    SseEmitter followOrder(
            @PathVariable OrderId id,
            Caller caller,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        var life = following.follow(id, Viewers.of(caller), position(last));
        var stream = new SseEmitter(properties.longest().toMillis());
        var teller = Thread.ofVirtual().name("order-" + id).unstarted(() -> tell(life, stream));
        stream.onTimeout(stream::complete);
        stream.onCompletion(teller::interrupt);
        teller.start();
        return stream;
    }

    private void tell(Life life, SseEmitter stream) {
        try (life) {
            // Opens the stream at its reader's, who may have to wait for the first event.
            stream.send(SseEmitter.event().comment("following"));
            while (true) {
                switch (life.next(properties.heartbeat())) {
                    case Told(var entries) -> {
                        for (var entry : entries) {
                            stream.send(
                                    SseEmitter.event()
                                            .id(String.valueOf(entry.position()))
                                            .data(
                                                    TimelineView.of(entry),
                                                    MediaType.APPLICATION_JSON));
                        }
                    }
                    case Quiet() -> stream.send(SseEmitter.event().comment("still here"));
                    case Nobody() -> {
                        var problem =
                                Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "no-such-order",
                                        "There is no such order.");
                        stream.send(
                                SseEmitter.event()
                                        .name("problem")
                                        .data(problem.getBody(), MediaType.APPLICATION_JSON));
                        stream.complete();
                        return;
                    }
                    case Over() -> {
                        stream.complete();
                        return;
                    }
                }
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("a follower has left: {}", e.toString());
        } catch (InterruptedException e) {
            log.debug("the stream has ended");
        }
    }

    private static int position(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseInt(lastEventId.strip());
        } catch (NumberFormatException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-last-event-id",
                    "This Last-Event-ID was not given out here.");
        }
    }
}

package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Actor;
import duka.identity.KeepingSessions;
import duka.identity.Session;
import duka.identity.UserId;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/me/sessions")
@Tag(name = "sessions")
class SessionController {

    private final KeepingSessions sessions;

    SessionController(KeepingSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param current whether it is the one that is asked with
     */
    record SessionView(
            UUID id,
            @Nullable String userAgent,
            @Nullable String address,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @JsonProperty("is_current") boolean current) {

        static SessionView of(Session session, Actor actor) {
            return new SessionView(
                    session.id(),
                    session.userAgent(),
                    session.address(),
                    session.begun(),
                    session.lastUsed(),
                    session.expires(),
                    session.id().equals(actor.session()));
        }
    }

    @GetMapping
    @Operation(
            summary = "Where one is signed in",
            description = "The session that was used last comes first.")
    Results<SessionView> listSessions(Caller caller, Actor actor, Paging paging) {
        var user = new UserId(caller.id());
        return Results.of(
                sessions.list(user, paging.size(), paging.offset()).stream()
                        .map(session -> SessionView.of(session, actor))
                        .toList(),
                sessions.count(user),
                paging);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Sign out everywhere",
            description = "Here too: the access token is refused from now on.")
    void revokeSessions(Caller caller, Actor actor) {
        sessions.revokeAll(new UserId(caller.id()), actor);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Sign out somewhere",
            description = "The access tokens of that session are refused from now on.")
    void revokeSession(Caller caller, Actor actor, @PathVariable UUID id) {
        if (!sessions.revoke(new UserId(caller.id()), id, actor)) {
            throw new Refused(
                    HttpStatus.NOT_FOUND, "no-such-session", "There is no such session of yours.");
        }
    }
}

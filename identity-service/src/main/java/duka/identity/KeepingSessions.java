package duka.identity;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What somebody can do about where they are signed in. */
@Service
@Transactional
public class KeepingSessions {

    private final Sessions sessions;
    private final AuditLog audit;

    KeepingSessions(Sessions sessions, AuditLog audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public long count(UserId user) {
        return sessions.countOpen(user);
    }

    @Transactional(readOnly = true)
    public List<Session> list(UserId user, int limit, long offset) {
        return sessions.listOpen(user, limit, offset);
    }

    /** False, if they have no such session (any more). */
    public boolean revoke(UserId user, UUID session, Actor actor) {
        var revoked = sessions.end(user, session);
        if (revoked) {
            audit.add(Act.SESSION_REVOKED, actor, user, "session " + session);
        }
        return revoked;
    }

    public void revokeAll(UserId user, Actor actor) {
        int ended = sessions.endAllOf(user);
        audit.add(Act.SESSIONS_REVOKED, actor, user, ended + " sessions");
    }
}

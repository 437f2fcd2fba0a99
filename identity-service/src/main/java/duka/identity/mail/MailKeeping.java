package duka.identity.mail;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an admin can see of the mails, and do about those that failed. */
@Service
@Transactional
public class MailKeeping {

    /** How the wish to try a mail again ended. */
    public sealed interface Retry {

        record Queued(KeptMail mail) implements Retry {}

        /** It has not failed, or it is of no use any more. */
        record Refused(KeptMail mail) implements Retry {}
    }

    private final Mails mails;
    private final Rounds rounds;

    MailKeeping(Mails mails, Rounds rounds) {
        this.mails = mails;
        this.rounds = rounds;
    }

    @Transactional(readOnly = true)
    public long count(@Nullable MailState state) {
        return mails.count(state);
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<KeptMail> list(@Nullable MailState state, int limit, long offset) {
        return mails.list(state, limit, offset);
    }

    /** Empty if there is no such mail. */
    public Optional<Retry> retry(UUID id) {
        boolean queued = mails.tryAgain(id);
        if (queued) {
            AfterCommit.run(rounds::wake);
        }
        return mails.find(id)
                .map(mail -> queued ? new Retry.Queued(mail) : new Retry.Refused(mail));
    }
}

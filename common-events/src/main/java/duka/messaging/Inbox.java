package duka.messaging;

import static duka.sql.Rows.at;

import duka.messaging.Heard.Content.Understood;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers what each listener has taken in, in the transaction that acts on it. */
class Inbox {

    /**
     * What to do with heard events; those in neither set have been taken in before.
     *
     * @param fresh to take in
     * @param behind to park, behind an earlier one of their key
     */
    record Claim(Set<UUID> fresh, Set<UUID> behind) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One statement, however many there are: it waits for whoever takes in the same ones now. */
    Claim claim(List<Heard> heard) {
        int count = heard.size();
        var listeners = new String[count];
        var ids = new String[count];
        var keys = new String[count];
        for (int at = 0; at < count; at++) {
            listeners[at] = heard.get(at).listener();
            ids[at] = id(heard.get(at)).toString();
            keys[at] = heard.get(at).key();
        }
        var claim = new Claim(HashSet.newHashSet(count), new HashSet<>());
        jdbc.sql(
                        """
                        with heard as (
                            select h.*,
                                   exists (select from dead_letters d
                                            where d.listener = h.listener and d.key = h.key) as behind
                              from unnest(?::text[], ?::uuid[], ?::text[]) as h (listener, event_id, key)
                        ), fresh as (
                            insert into inbox (listener, event_id, heard_at)
                            select listener, event_id, ?::timestamptz from heard where not behind
                            on conflict do nothing
                            returning event_id
                        )
                        select event_id, false from fresh
                        union all
                        select event_id, true from heard
                         where behind and not exists (select from inbox i
                                                       where i.listener = heard.listener
                                                         and i.event_id = heard.event_id)
                        """)
                .param(listeners)
                .param(ids)
                .param(keys)
                .param(at(clock.instant()))
                .query(
                        row -> {
                            var part = row.getBoolean(2) ? claim.behind() : claim.fresh();
                            part.add(row.getObject(1, UUID.class));
                        });
        return claim;
    }

    /** Claims one whatever is parked under its key; true the first time. */
    boolean claimOnItsOwn(Heard heard) {
        return jdbc.sql(
                                "insert into inbox (listener, event_id, heard_at) values (?, ?, ?) on conflict do nothing")
                        .param(heard.listener())
                        .param(id(heard))
                        .param(at(clock.instant()))
                        .update()
                == 1;
    }

    private static UUID id(Heard heard) {
        return ((Understood) heard.content()).id();
    }
}

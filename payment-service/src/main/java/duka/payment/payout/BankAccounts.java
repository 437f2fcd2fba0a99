package duka.payment.payout;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;
import static duka.sql.Rows.maybeInstant;

import duka.events.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All bank accounts, and what was ever done to them. */
@Repository
class BankAccounts {

    private static final String ACCOUNTS =
            """
            select id, vendor_id, bank_code, bank_name, number, last_four, holder, paused_until,
                   created_at, updated_at, version
              from bank_accounts
            """;

    private final JdbcClient jdbc;

    BankAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False if the vendor has one already or it is another vendor's; nothing is broken by that. */
    boolean insert(BankAccount account, String fingerprint) {
        return jdbc.sql(
                                """
                                insert into bank_accounts (id, vendor_id, bank_code, bank_name, number, last_four, fingerprint,
                                    holder, paused_until, created_at, updated_at, version)
                                values (:id, :vendor, :bankCode, :bankName, :number, :lastFour, :fingerprint,
                                    :holder, :pausedUntil, :createdAt, :updatedAt, :version)
                                on conflict do nothing
                                """)
                        .param("id", account.id())
                        .param("vendor", account.vendorId())
                        .param("bankCode", account.bank().code())
                        .param("bankName", account.bank().name())
                        .param("number", account.number().ciphertext())
                        .param("lastFour", account.lastFour())
                        .param("fingerprint", fingerprint)
                        .param("holder", account.holder())
                        .param("pausedUntil", maybeAt(account.pausedUntil()))
                        .param("createdAt", at(account.createdAt()))
                        .param("updatedAt", at(account.updatedAt()))
                        .param("version", account.version())
                        .update()
                == 1;
    }

    void update(BankAccount account, String fingerprint) {
        var updated =
                jdbc.sql(
                                """
                        update bank_accounts
                           set bank_code = :bankCode, bank_name = :bankName, number = :number, last_four = :lastFour,
                               fingerprint = :fingerprint, holder = :holder, paused_until = :pausedUntil,
                               updated_at = :updatedAt, version = :version
                         where id = :id
                        """)
                        .param("id", account.id())
                        .param("bankCode", account.bank().code())
                        .param("bankName", account.bank().name())
                        .param("number", account.number().ciphertext())
                        .param("lastFour", account.lastFour())
                        .param("fingerprint", fingerprint)
                        .param("holder", account.holder())
                        .param("pausedUntil", maybeAt(account.pausedUntil()))
                        .param("updatedAt", at(account.updatedAt()))
                        .param("version", account.version())
                        .update();
        if (updated != 1) {
            throw new IllegalStateException("there is no bank account " + account.id());
        }
    }

    void delete(UUID id) {
        jdbc.sql("delete from bank_accounts where id = :id").param("id", id).update();
    }

    Optional<BankAccount> find(UUID id) {
        return one("where id = :id", "id", id);
    }

    Optional<BankAccount> findByVendor(UUID vendorId) {
        return one("where vendor_id = :vendor", "vendor", vendorId);
    }

    boolean isAnothers(String fingerprint, UUID vendorId) {
        return jdbc.sql(
                        """
                        select exists(select 1 from bank_accounts
                                       where fingerprint = :fingerprint and vendor_id <> :vendor)
                        """)
                .param("fingerprint", fingerprint)
                .param("vendor", vendorId)
                .query(Boolean.class)
                .single();
    }

    List<BankAccount> list(long offset, int limit) {
        return jdbc.sql(ACCOUNTS + "order by created_at desc, id desc offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) -> account(row))
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from bank_accounts").query(Long.class).single();
    }

    void note(BankAccountChange change) {
        jdbc.sql(
                        """
                        insert into bank_account_changes (account_id, vendor_id, actor_id, act, before, after, at)
                        values (:account, :vendor, :actor, :act, :before, :after, :at)
                        """)
                .param("account", change.accountId())
                .param("vendor", change.vendorId())
                .param("actor", change.actorId())
                .param("act", change.act().name())
                .param("before", change.before())
                .param("after", change.after())
                .param("at", at(change.at()))
                .update();
    }

    List<BankAccountChange> changes(UUID accountId) {
        return jdbc.sql(
                        """
                        select account_id, vendor_id, actor_id, act, before, after, at
                          from bank_account_changes where account_id = :id order by position
                        """)
                .param("id", accountId)
                .query(
                        (row, _) ->
                                new BankAccountChange(
                                        row.getObject("account_id", UUID.class),
                                        row.getObject("vendor_id", UUID.class),
                                        row.getObject("actor_id", UUID.class),
                                        BankAccountChange.Act.valueOf(row.getString("act")),
                                        row.getString("before"),
                                        row.getString("after"),
                                        instant(row, "at")))
                .list();
    }

    /** Whether the vendor had a bank account before, so that a new one is a change. */
    boolean hadOne(UUID vendorId) {
        return jdbc.sql(
                        "select exists(select 1 from bank_account_changes where vendor_id = :vendor)")
                .param("vendor", vendorId)
                .query(Boolean.class)
                .single();
    }

    private Optional<BankAccount> one(String where, String parameter, UUID value) {
        return jdbc.sql(ACCOUNTS + where)
                .param(parameter, value)
                .query((row, _) -> account(row))
                .optional();
    }

    private static BankAccount account(ResultSet row) throws SQLException {
        return new BankAccount(
                row.getObject("id", UUID.class),
                row.getObject("vendor_id", UUID.class),
                new Bank(row.getString("bank_code"), row.getString("bank_name")),
                new Sealed(row.getString("number")),
                row.getString("last_four"),
                row.getString("holder"),
                maybeInstant(row, "paused_until"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getLong("version"));
    }
}

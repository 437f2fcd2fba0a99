package duka.identity;

import static duka.identity.Folding.folded;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All accounts. Nothing deletes one. */
@Repository
class Users {

    /**
     * What a sign-in is checked against.
     *
     * @param familiar whether they have signed up, or lately signed in, from the network that they
     *     sign in from now
     */
    record Credentials(UserId id, String passwordHash, boolean familiar) {}

    private static final String SELECT =
            """
            select id, username, email, email_verified, roles, active, joined_at, first_name, last_name, phone_number,
                   address_line1, address_line2, city, country, postal_code
              from users
            """;

    private static final String MATCHING =
            """
             where (cast(:text as text) is null
                    or concat_ws(' ', username, email, first_name, last_name) ilike :text)
               and (cast(:role as text) is null or :role = any (roles))
               and (cast(:active as boolean) is null or active = :active)
            """;

    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The database, not a look beforehand, decides whether a name is free. */
    void add(User user, String passwordHash) {
        try {
            jdbc.sql(
                            """
                            insert into users (id, username, email, email_verified, password_hash, roles,
                                               active, joined_at, first_name, last_name, phone_number, address_line1,
                                               address_line2, city, country, postal_code)
                            values (:id, :username, :email, :verified, :password, :roles, :active,
                                    :joined, :first, :last, :phone, :line1, :line2, :city, :country, :postal)
                            """)
                    .params(columns(user))
                    .param("password", passwordHash)
                    .update();
        } catch (DuplicateKeyException e) {
            throw taken(e);
        }
    }

    void update(User user) {
        try {
            jdbc.sql(
                            """
                            update users
                               set email_verified = :verified, roles = :roles, active = :active,
                                   first_name = :first, last_name = :last, phone_number = :phone,
                                   address_line1 = :line1, address_line2 = :line2, city = :city,
                                   country = :country, postal_code = :postal
                             where id = :id
                            """)
                    .params(columns(user))
                    .update();
        } catch (DuplicateKeyException e) {
            throw taken(e);
        }
    }

    private static Taken taken(DuplicateKeyException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("users_by_username")) {
            return new Taken("username");
        }
        return new Taken(message.contains("users_by_phone_number") ? "phone_number" : "email");
    }

    Optional<String> passwordHash(UserId id) {
        return jdbc.sql("select password_hash from users where id = ? and active")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    /** Not if somebody else has done so since {@code before} was read. */
    boolean replacePassword(UserId id, String before, String after) {
        return jdbc.sql(
                                """
                                update users set password_hash = :after
                                 where id = :id and active and password_hash = :before
                                """)
                        .param("id", id.value())
                        .param("before", before)
                        .param("after", after)
                        .update()
                == 1;
    }

    void setPassword(UserId id, String hash) {
        jdbc.sql("update users set password_hash = ? where id = ?")
                .param(hash)
                .param(id.value())
                .update();
    }

    Optional<User> find(UserId id) {
        return jdbc.sql(SELECT + " where id = ?").param(id.value()).query(Users::user).optional();
    }

    /** For a change that builds on what is there. */
    Optional<User> lock(UserId id) {
        return jdbc.sql(SELECT + " where id = ? for update")
                .param(id.value())
                .query(Users::user)
                .optional();
    }

    /** Locks all who administer, so that two of them cannot each believe the other stays. */
    long lockAdmins() {
        return jdbc.sql(
                        """
                        select id from users where 'ADMIN' = any (roles) and active
                         order by id for update
                        """)
                .query(UUID.class)
                .list()
                .size();
    }

    boolean hasAdmin() {
        return jdbc.sql("select exists (select from users where 'ADMIN' = any (roles) and active)")
                .query(Boolean.class)
                .single();
    }

    Optional<UserId> findByEmail(String email) {
        return jdbc.sql("select id from users where lower(email) = ?")
                .param(folded(email))
                .query(UUID.class)
                .optional()
                .map(UserId::new);
    }

    /** By username or email address, whichever it is. */
    Optional<Credentials> credentialsOf(String name, @Nullable String address) {
        return jdbc.sql(
                        """
                        select id, password_hash,
                               array (select address from sessions
                                       where user_id = users.id and address is not null
                                      union
                                      select address from audit_log
                                       where subject_id = users.id and act = 'REGISTERED'
                                         and happened_at < joined_at + interval '1 minute'
                                         and address is not null) as known
                          from users
                         where active and (lower(username) = :name or lower(email) = :name)
                        """)
                .param("name", folded(name))
                .query(
                        (row, _) ->
                                new Credentials(
                                        new UserId(row.getObject("id", UUID.class)),
                                        row.getString("password_hash"),
                                        isAmong(strings(row, "known"), address)))
                .optional();
    }

    private static boolean isAmong(String[] known, @Nullable String address) {
        if (address == null) {
            return false;
        }
        var network = Network.of(address);
        return Arrays.stream(known).map(Network::of).anyMatch(network::equals);
    }

    long count(UserSearch search) {
        return jdbc.sql("select count(*) from users" + MATCHING)
                .params(criteria(search))
                .query(Long.class)
                .single();
    }

    List<User> list(UserSearch search, String order, int limit, long offset) {
        return jdbc.sql(
                        SELECT
                                + MATCHING
                                + " order by "
                                + order
                                + ", id limit :limit offset :offset")
                .params(criteria(search))
                .param("limit", limit)
                .param("offset", offset)
                .query(Users::user)
                .list();
    }

    private static Map<String, @Nullable Object> criteria(UserSearch search) {
        var criteria = new HashMap<String, @Nullable Object>();
        criteria.put("text", search.text() == null ? null : containing(search.text()));
        criteria.put("role", search.role() == null ? null : search.role().name());
        criteria.put("active", search.active());
        return criteria;
    }

    static String containing(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static Map<String, @Nullable Object> columns(User user) {
        var profile = user.profile();
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", user.id().value());
        columns.put("username", user.username());
        columns.put("email", user.email());
        columns.put("verified", user.emailVerified());
        columns.put("roles", user.roles().stream().map(Role::name).toArray(String[]::new));
        columns.put("active", user.active());
        columns.put("joined", at(user.joined()));
        columns.put("first", profile.firstName());
        columns.put("last", profile.lastName());
        columns.put("phone", profile.phoneNumber());
        columns.put("line1", profile.addressLine1());
        columns.put("line2", profile.addressLine2());
        columns.put("city", profile.city());
        columns.put("country", profile.country());
        columns.put("postal", profile.postalCode());
        return columns;
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("username"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                roles(strings(row, "roles")),
                row.getBoolean("active"),
                instant(row, "joined_at"),
                new Profile(
                        row.getString("first_name"),
                        row.getString("last_name"),
                        row.getString("phone_number"),
                        row.getString("address_line1"),
                        row.getString("address_line2"),
                        row.getString("city"),
                        row.getString("country"),
                        row.getString("postal_code")));
    }

    private static String[] strings(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Set<Role> roles(String[] names) {
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(names).map(Role::valueOf).forEach(roles::add);
        return roles;
    }
}

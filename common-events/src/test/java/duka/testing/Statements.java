package duka.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Listens to what the database is asked to do, and asks it how it goes about that. */
@TestConfiguration(proxyBeanMethods = false)
public class Statements {

    /** Something that a thread does. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private interface Ear {
        void hear(Connection connection, String sql, List<Binding> bindings) throws SQLException;
    }

    private record Binding(Method setter, Object[] arguments) {}

    private static final ThreadLocal<@Nullable Ear> LISTENING = new ThreadLocal<>();

    /** All that this thread executes meanwhile. */
    public static List<String> of(Work work) {
        var heard = new ArrayList<String>();
        listen((_, sql, _) -> heard.add(sql), work);
        return heard;
    }

    /**
     * How the database finds all that this thread asks it for meanwhile, by the same words, with
     * the same values, in the same transaction.
     */
    public static List<Plan> plansOf(Work work) {
        var plans = new ArrayList<Plan>();
        listen(
                (connection, sql, bindings) -> {
                    if (sql.stripLeading().matches("(?is)(select|with)\\b.*")) {
                        plans.add(explain(connection, sql, bindings));
                    }
                },
                work);
        return plans;
    }

    private static void listen(Ear ear, Work work) {
        LISTENING.set(ear);
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            LISTENING.remove();
        }
    }

    private static Plan explain(Connection connection, String sql, List<Binding> bindings)
            throws SQLException {
        try (var explain =
                connection.prepareStatement("explain (analyze, timing off, format json) " + sql)) {
            for (var binding : bindings) {
                try {
                    binding.setter().invoke(explain, binding.arguments());
                } catch (ReflectiveOperationException e) {
                    throw new SQLException(e);
                }
            }
            try (var answer = explain.executeQuery()) {
                answer.next();
                return Plan.of(sql, answer.getString(1));
            }
        }
    }

    @Bean
    static BeanPostProcessor listeningIn() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database ? new Listening(database) : bean;
            }
        };
    }

    private static class Listening extends DelegatingDataSource {

        Listening(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return LISTENING.get() == null ? super.getConnection() : heard(super.getConnection());
        }
    }

    private static Connection heard(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    var result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? heard(connection, statement, (String) arguments[0])
                            : result;
                });
    }

    private static PreparedStatement heard(
            Connection connection, PreparedStatement statement, String sql) {
        var bindings = new ArrayList<Binding>();
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    var ear = LISTENING.get();
                    if (binds(method)) {
                        bindings.add(new Binding(method, arguments));
                    } else if (ear != null && method.getName().startsWith("execute")) {
                        ear.hear(connection, sql, bindings);
                    }
                    return call(statement, method, arguments);
                });
    }

    private static boolean binds(Method method) {
        return method.getName().startsWith("set")
                && method.getParameterCount() > 1
                && method.getParameterTypes()[0] == int.class;
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

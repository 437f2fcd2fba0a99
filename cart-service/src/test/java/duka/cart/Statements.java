package duka.cart;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
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

/** Counts what the database is asked to do. */
@TestConfiguration(proxyBeanMethods = false)
class Statements {

    private static final ThreadLocal<@Nullable List<String>> HEARD = new ThreadLocal<>();

    /** All that this thread executes meanwhile. */
    static List<String> of(Runnable work) {
        var heard = new ArrayList<String>();
        HEARD.set(heard);
        try {
            work.run();
            return heard;
        } finally {
            HEARD.remove();
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
            return HEARD.get() == null ? super.getConnection() : heard(super.getConnection());
        }
    }

    private static Connection heard(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    var result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? heard(statement, (String) arguments[0])
                            : result;
                });
    }

    private static PreparedStatement heard(PreparedStatement statement, String sql) {
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    var heard = HEARD.get();
                    if (heard != null && method.getName().startsWith("execute")) {
                        heard.add(sql);
                    }
                    return call(statement, method, arguments);
                });
    }

    private static @Nullable Object call(
            Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
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

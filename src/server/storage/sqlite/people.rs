//! Users and their links.

use sqlx::sqlite::SqlitePool;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{Read as _, bytes};
use super::*;

pub(super) async fn add(connection: &mut SqliteConnection, user: &NewUser) -> Result<bool, StorageError> {
    let added = sqlx::query(
        "INSERT INTO users (id, login_name, name, role, login) VALUES (?, ?, ?, ?, ?) ON CONFLICT (login_name) DO NOTHING",
    )
    .bind(bytes(user.user.0))
    .bind(&user.login_name)
    .bind(&user.name)
    .bind(user.role.as_str())
    .bind(&user.login)
    .execute(&mut *connection)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    for (journal, role) in &user.grants {
        journals::set_grant(connection, user.user, *journal, *role).await?;
    }
    if let Some(enrolment) = &user.enrolment {
        add_enrolment(connection, user.user, enrolment, user.at).await?;
    }
    for (journal, payload) in &user.said {
        append::own(connection, *journal, std::slice::from_ref(payload), user.at).await?;
    }
    Ok(true)
}

pub(super) async fn all(pool: &SqlitePool) -> Result<Vec<UserRow>, StorageError> {
    let query = sqlx::query("SELECT id, login_name, name, role, login IS NOT NULL FROM users ORDER BY login_name");
    let rows = query.fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let user = UserId(row.uuid(0)?);
            Ok(UserRow {
                user,
                login_name: row.try_get(1)?,
                name: row.try_get(2)?,
                role: row.role(3)?,
                enrolled: row.try_get(4)?,
            })
        })
        .collect()
}

pub(super) async fn add_enrolment(
    connection: &mut SqliteConnection,
    user: UserId,
    enrolment: &NewEnrolment,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let known = sqlx::query("SELECT id FROM users WHERE id = ?").bind(bytes(user.0)).fetch_optional(&mut *connection).await?;
    if known.is_none() {
        return Ok(false);
    }
    sqlx::query("UPDATE enrolments SET expires = ? WHERE user_id = ? AND used_at IS NULL AND expires > ?")
        .bind(at.timestamp_millis())
        .bind(bytes(user.0))
        .bind(at.timestamp_millis())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO enrolments (hash, user_id, expires) VALUES (?, ?, ?)")
        .bind(enrolment.code.0.as_slice())
        .bind(bytes(user.0))
        .bind(enrolment.expires.timestamp_millis())
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn enrolment(connection: &mut SqliteConnection, code: Bytes32) -> Result<Option<Enrolment>, StorageError> {
    let row = sqlx::query(
        "SELECT u.id, u.login_name, u.name, e.expires, e.used_at IS NOT NULL
         FROM enrolments e JOIN users u ON u.id = e.user_id WHERE e.hash = ?",
    )
    .bind(code.0.as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let user = UserId(row.uuid(0)?);
        Ok(Enrolment { user, login_name: row.try_get(1)?, name: row.try_get(2)?, expires: row.time(3)?, used: row.try_get(4)? })
    })
    .transpose()
}

pub(super) async fn complete(
    connection: &mut SqliteConnection,
    code: Bytes32,
    login: &[u8],
    device: &NewDevice,
    session: &NewSession,
    at: DateTime<Utc>,
) -> Result<Completed, StorageError> {
    let enrolment = match enrolment(connection, code).await? {
        None => return Ok(Completed::Unknown),
        Some(enrolment) if enrolment.used => return Ok(Completed::Used),
        Some(enrolment) if enrolment.expires <= at => return Ok(Completed::Expired),
        Some(enrolment) => enrolment,
    };
    let user = bytes(enrolment.user.0);
    let now = at.timestamp_millis();
    sqlx::query("UPDATE enrolments SET used_at = ? WHERE hash = ?")
        .bind(now)
        .bind(code.0.as_slice())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE users SET login = ? WHERE id = ?").bind(login).bind(&user).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM sessions WHERE user_id = ?").bind(&user).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM credentials WHERE kind = ? AND device IN (SELECT id FROM devices WHERE user_id = ?)")
        .bind(Credential::Renew.as_str())
        .bind(&user)
        .execute(&mut *connection)
        .await?;
    Ok(if devices::add(connection, device, session).await? { Completed::Done } else { Completed::DeviceTaken })
}

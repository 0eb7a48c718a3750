//! The installation, its users and their links.

use sqlx::Row as _;
use uuid::Uuid;

use super::*;

pub(super) async fn installation(connection: &mut Connection) -> Result<Option<Installation>, StorageError> {
    let row = sqlx::query("SELECT id, epoch, keyring FROM installation").fetch_optional(connection).await?;
    row.map(|row| Ok(Installation { id: row.uuid(0)?, epoch: row.uuid(1)?, keyring: row.bytes32(2)? })).transpose()
}

pub(super) async fn begin_epoch(connection: &mut Connection) -> Result<Installation, StorageError> {
    sqlx::query("UPDATE installation SET epoch = $1, own_device = $2, own_n = 0")
        .bind(bytes(Uuid::new_v4()))
        .bind(bytes(Uuid::new_v4()))
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM sessions").execute(&mut *connection).await?;
    sqlx::query("UPDATE enrolments SET expires = 0 WHERE used_at IS NULL").execute(&mut *connection).await?;
    installation(connection).await?.ok_or(StorageError::Corrupt("no installation"))
}

pub(super) async fn add(connection: &mut Connection, keys: &SubjectKeys, user: &NewUser) -> Result<bool, StorageError> {
    let added = sqlx::query(
        "INSERT INTO users (id, login_name, name, role, login) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login_name) DO NOTHING",
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
        append::own(connection, keys, *journal, std::slice::from_ref(payload), user.at).await?;
    }
    Ok(true)
}

pub(super) async fn all(pool: &Pool) -> Result<Vec<UserRow>, StorageError> {
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
    connection: &mut Connection,
    user: UserId,
    enrolment: &NewEnrolment,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    // Held, so that of two links made at once the earlier one ends.
    let known = sqlx::query(concat!("SELECT id FROM users WHERE id = $1", held!()));
    let known = known.bind(bytes(user.0)).fetch_optional(&mut *connection).await?;
    if known.is_none() {
        return Ok(false);
    }
    sqlx::query("UPDATE enrolments SET expires = $1 WHERE user_id = $2 AND used_at IS NULL AND expires > $3")
        .bind(at.timestamp_millis())
        .bind(bytes(user.0))
        .bind(at.timestamp_millis())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO enrolments (hash, user_id, expires) VALUES ($1, $2, $3)")
        .bind(enrolment.code.0.as_slice())
        .bind(bytes(user.0))
        .bind(enrolment.expires.timestamp_millis())
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn enrolment(connection: &mut Connection, code: Bytes32) -> Result<Option<Enrolment>, StorageError> {
    let row = sqlx::query(
        "SELECT u.id, u.login_name, u.name, e.expires, e.used_at IS NOT NULL
         FROM enrolments e JOIN users u ON u.id = e.user_id WHERE e.hash = $1",
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
    connection: &mut Connection,
    code: Bytes32,
    login: &[u8],
    device: &NewDevice,
    session: &NewSession,
    at: DateTime<Utc>,
) -> Result<Completed, StorageError> {
    // Held, so that of two that use it at once, one does.
    let hold = sqlx::query(concat!("SELECT hash FROM enrolments WHERE hash = $1", held!()));
    hold.bind(code.0.as_slice()).fetch_optional(&mut *connection).await?;
    let enrolment = match enrolment(connection, code).await? {
        None => return Ok(Completed::Unknown),
        Some(enrolment) if enrolment.used => return Ok(Completed::Used),
        Some(enrolment) if enrolment.expires <= at => return Ok(Completed::Expired),
        Some(enrolment) => enrolment,
    };
    let user = bytes(enrolment.user.0);
    let now = at.timestamp_millis();
    sqlx::query("UPDATE enrolments SET used_at = $1 WHERE hash = $2")
        .bind(now)
        .bind(code.0.as_slice())
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE users SET login = $1 WHERE id = $2").bind(login).bind(&user).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM credentials WHERE kind = $1 AND device IN (SELECT id FROM devices WHERE user_id = $2)")
        .bind(Credential::Renew.as_str())
        .bind(&user)
        .execute(&mut *connection)
        .await?;
    // After what renews them: a renewal that is under way has ended by now, or finds nothing.
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(&user).execute(&mut *connection).await?;
    Ok(if devices::add(connection, device, session).await? { Completed::Done } else { Completed::DeviceTaken })
}
